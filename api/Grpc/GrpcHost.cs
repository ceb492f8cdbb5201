using System.Net;
using Footprint.Grid.Api.Operations;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static Microsoft.Extensions.Options.Options;

namespace Footprint.Grid.Api.Grpc;

/// <summary>
/// The built-in gRPC host: a Kestrel of its own, HTTP/2 only, h2c or TLS. To stop it is to refuse new work, let what is
/// under way end within <see cref="FootprintApiOptions.DrainTimeout"/>, then close.
/// </summary>
public sealed partial class GrpcHost : IHostedService, IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly GrpcApplication _application;
    private readonly GrpcRuntime _runtime;
    private readonly ILogger<GrpcHost> _logger;
    private bool _started;

    internal GrpcHost(OperationTable table, GrpcRuntime runtime, IServiceProvider services)
    {
        var loggers = services.GetRequiredService<ILoggerFactory>();
        _runtime = runtime;
        _logger = loggers.CreateLogger<GrpcHost>();
        _application = new GrpcApplication(table, runtime);
        _server = new KestrelServer(
            Create(Configure(runtime.Options.Grpc, services)),
            new SocketTransportFactory(Create(new SocketTransportOptions()), loggers),
            loggers);
    }

    /// <summary>Where it listens, with the port it was given; null until started.</summary>
    public IPEndPoint? BoundAddress { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!_runtime.Options.Grpc.Enabled)
        {
            return;
        }

        await _server.StartAsync(_application, cancellationToken);
        _started = true;
        var address = new Uri(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        BoundAddress = new IPEndPoint(_runtime.Options.Grpc.Listen.Address, address.Port);
        LogListening(_logger, BoundAddress, _runtime.Options.Grpc.Certificate is null ? "h2c" : "TLS");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _runtime.Serving.BeginDrain();
        if (!_started)
        {
            return;
        }

        _started = false;
        using var timeout = new CancellationTokenSource(_runtime.Options.DrainTimeout, _runtime.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (_application.Active > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogCutOff(_logger, _application.Active);
        }

        await _server.StopAsync(both.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private static KestrelServerOptions Configure(GrpcHostOptions options, IServiceProvider services)
    {
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.Http2.MaxStreamsPerConnection = options.MaxStreamsPerConnection;
        limits.Http2.KeepAlivePingDelay = options.KeepAliveDelay;
        limits.Http2.KeepAlivePingTimeout = options.KeepAliveTimeout;
        // A stream may be long and idle for long: messages have limits and deadlines of their own.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        kestrel.Listen(options.Listen, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ServerCertificateChain = options.CertificateChain;
                });
            }
        });
        return kestrel;
    }
}
