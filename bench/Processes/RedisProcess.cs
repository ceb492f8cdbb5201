using System.Net;

namespace Footprint.Grid.Bench.Processes;

/// <summary>A Redis of the bench's own, in an empty folder, gone when disposed.</summary>
internal sealed class RedisProcess : ServerProcess
{
    private readonly string _folder;

    private RedisProcess(IPEndPoint address, string folder, string fsync, int core)
        : base("redis-server", "redis-server", Arguments(address, folder, fsync), core: core)
    {
        Address = address;
        _folder = folder;
    }

    public IPEndPoint Address { get; }

    /// <param name="fsync">Redis' own word for how often its journal is flushed: <c>always</c>, <c>everysec</c> or <c>no</c>; no journal when <c>off</c>.</param>
    /// <param name="core">Core to bind it to.</param>
    public static RedisProcess Start(string fsync, int core)
    {
        var folder = Directory.CreateTempSubdirectory("footprint-bench-redis-").FullName;
        var server = new RedisProcess(FreePort.Next(), folder, fsync, core);
        server.WaitFor(server.Address, TimeSpan.FromSeconds(10));
        return server;
    }

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static string[] Arguments(IPEndPoint address, string folder, string fsync) =>
    [
        "--bind", address.Address.ToString(), "--port", address.Port.ToString(), "--dir", folder, "--save", "",
        "--appendonly", fsync == "off" ? "no" : "yes", "--appendfsync", fsync == "off" ? "no" : fsync, "--daemonize", "no",
    ];
}
