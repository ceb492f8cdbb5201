using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Footprint.Grid.Bench.Servers;

/// <summary>
/// The least that can answer a unary gRPC call on Kestrel: no routing, no context, no limits, no keys. What a handler costs
/// on top of this is its own.
/// </summary>
internal abstract class FramedHost : IHttpApplication<IFeatureCollection>
{
    /// <summary>Serves until the process is told to end.</summary>
    public async Task ServeAsync(IPEndPoint address)
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var options = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        options.Listen(address, listen => listen.Protocols = HttpProtocols.Http2);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        using var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var ended = new TaskCompletionSource();
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ended.TrySetResult();
        });
        await server.StartAsync(this, CancellationToken.None);
        await ended.Task;
        await server.StopAsync(CancellationToken.None);
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var reader = context.Get<IRequestBodyPipeFeature>()!.Reader;
        ReadResult read;
        while (!HoldsMessage(read = await reader.ReadAsync()))
        {
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }

        var response = context.Get<IHttpResponseFeature>()!;
        response.Headers.ContentType = "application/grpc";
        var writer = context.Get<IHttpResponseBodyFeature>()!.Writer;
        var answer = AnswerAsync(context.Get<IHttpRequestFeature>()!.Path, read, writer);
        if (!answer.IsCompletedSuccessfully)
        {
            await answer;
        }

        reader.AdvanceTo(read.Buffer.End);
        context.Get<IHttpResponseTrailersFeature>()!.Trailers["grpc-status"] = "0";
        await writer.CompleteAsync();
    }

    /// <summary>Writes the answer's frame.</summary>
    /// <param name="path">That was called.</param>
    /// <param name="read">One whole frame, its five bytes of head included.</param>
    /// <param name="writer">Takes the answer.</param>
    protected abstract ValueTask AnswerAsync(string path, in ReadResult read, PipeWriter writer);

    private static bool HoldsMessage(in ReadResult read)
    {
        if (read.Buffer.Length < 5)
        {
            return false;
        }

        var head = read.Buffer.FirstSpan;
        if (head.Length < 5)
        {
            throw new InvalidDataException("The head of a frame came in two segments, which this host does not expect.");
        }

        return read.Buffer.Length >= 5 + BinaryPrimitives.ReadInt32BigEndian(head[1..]);
    }
}
