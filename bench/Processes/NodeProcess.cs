using System.Net;

namespace Footprint.Grid.Bench.Processes;

/// <summary>The node itself, as it is built, with data in a folder of its own that is gone when disposed.</summary>
internal sealed class NodeProcess : DotnetProcess
{
    /// <summary>The development key that it is started with.</summary>
    public const string ApiKey = "bench-key-0123456789abcdef0123456789";

    private NodeProcess(IPEndPoint grpc, IPEndPoint http, string folder, IEnumerable<string> arguments)
        : base("node", typeof(NodeProcess).Assembly.Location.Replace("Footprint.Grid.Bench.dll", "Footprint.Grid.Node.dll", StringComparison.Ordinal), arguments, grpc)
    {
        Http = http;
        Folder = folder;
        Metrics = new NodeMetrics(http);
    }

    /// <summary>Where it answers HTTP.</summary>
    public IPEndPoint Http { get; }

    public NodeMetrics Metrics { get; }

    public override double AllocatedBytes => Metrics.AllocatedBytes;

    /// <summary>Where its data lies.</summary>
    public string Folder { get; }

    public static NodeProcess Start(params string[] arguments)
    {
        var grpc = FreePort.Next();
        var http = FreePort.Next();
        var folder = Directory.CreateTempSubdirectory("footprint-bench-node-").FullName;
        var node = new NodeProcess(grpc, http, folder, ["--grpc", grpc.ToString(), "--http", http.ToString(), "--data", folder, "--api-key", ApiKey, .. arguments]);
        try
        {
            node.WaitFor(grpc, TimeSpan.FromSeconds(60));
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        Metrics.Dispose();
        base.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
