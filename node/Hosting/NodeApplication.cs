using Footprint.Grid.Api;
using Footprint.Grid.Api.Auth;
using Footprint.Grid.Embedded;
using Footprint.Grid.Node.Options;
using Footprint.Grid.Node.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Footprint.Grid.Node.Hosting;

/// <summary>Puts the node together: the embedded engine, the API over it, and what watches both.</summary>
internal static class NodeApplication
{
    /// <param name="keys">The configured keys, or the development key.</param>
    public static WebApplication Build(NodeOptions options, IReadOnlyList<ApiKeyOptions> keys)
    {
        // Empty: what the options were checked for must not be changed by variables and files that the options do not know.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Footprint.Grid.Node" });
        var certificates = Certificates.Load(options.Tls);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options, certificates));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(TimeProvider.System);
        AddLogging(builder.Logging, options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);

        // What is added first is stopped last: telemetry sees the engine end, and the engine ends after its callers.
        builder.Services.AddSingleton<MetricsCollector>();
        if (options.Otlp is not null)
        {
            builder.Services.AddSingleton(options);
            builder.Services.AddHostedService<OtlpExport>();
        }

        builder.Services.AddEmbeddedEngine(Engine(options));
        builder.Services.AddFootprintApi(api => SetUp(api, options, keys, certificates));

        var app = builder.Build();
        MetricsEndpoint.Map(app);
        app.MapFootprintApi();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, NodeOptions options, Certificates? certificates)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.MaxMessageBytes;
        kestrel.Listen(options.Http.Address, options.Http.Port, listen =>
        {
            if (certificates is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificates.Own;
                    https.ServerCertificateChain = certificates.Chain;
                });
            }
        });
    }

    private static void AddLogging(ILoggingBuilder logging, NodeOptions options)
    {
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);

        // Standard output belongs to what the node says once; a log line there would get between the commands to paste.
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (options.JsonLogs)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            logging.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.TimestampFormat = "HH:mm:ss ";
            });
        }
    }

    private static EmbeddedOptions Engine(NodeOptions options)
    {
        var engine = new EmbeddedOptions
        {
            Store = options.Store,
            DataDirectory = options.DataFolder,
            Redis = options.Redis?.ToString() ?? "",
            MaxResidentProfiles = options.ResidentProfiles,
            MaxResidentBytes = options.ResidentBytes,
            ShutdownTimeout = options.SaveTimeout,
        };
        foreach (var tenant in options.Tenants)
        {
            engine.Tenants[tenant.Name] = tenant.Consent;
        }

        return engine;
    }

    private static void SetUp(
        FootprintApiOptions api, NodeOptions options, IReadOnlyList<ApiKeyOptions> keys, Certificates? certificates)
    {
        api.Keys = [.. keys];
        api.Limits = options.Limits;
        api.MaxMessageBytes = options.MaxMessageBytes;
        api.DrainTimeout = options.DrainTimeout;
        api.Grpc.Listen = new(options.Grpc.Address, options.Grpc.Port);
        if (certificates is not null)
        {
            api.Grpc.Certificate = certificates.Own;
            api.Grpc.CertificateChain = certificates.Chain;
        }
    }
}
