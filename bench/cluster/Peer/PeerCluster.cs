using System.Net;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.V1;

namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>The peer with one silo and one gateway, knowing the world.</summary>
internal sealed class PeerCluster : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public PeerCluster(SpeedWorld world)
    {
        try
        {
            Redis = Keep(RedisProcess.Start("everysec", Pinning.LoadCore));
            var redis = Redis.Address.ToString();
            var silo = Keep(DotnetProcess.OfThisProgram(
                PeerCommands.Silo, FreePort.Next(), "--redis", redis, "--silo-port", $"{FreePort.Next().Port}", "--items", $"{world.Items}"));
            var gateway = Keep(DotnetProcess.OfThisProgram(PeerCommands.Gateway, FreePort.Next(), "--redis", redis));
            Address = gateway.Address;
            Servers = new ServerGroup(gateway, silo);
            Events = new WorldEvents(world);
            Load(world);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public RedisProcess Redis { get; }

    public IPEndPoint Address { get; }

    public ServerGroup Servers { get; }

    public WorldEvents Events { get; }

    public void Dispose()
    {
        for (var n = _open.Count - 1; n >= 0; n--)
        {
            _open[n].Dispose();
        }
    }

    private void Load(SpeedWorld world)
    {
        using var load = new UnaryLoad(Address, null, connections: 1, inFlight: 8);
        load.Run(new MessageListSource(RecordSource.Path, world.Profiles, number =>
        {
            var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Applied };
            Events.MakeProfile((int)number, request.Events);
            return request;
        }));
    }

    private T Keep<T>(T process)
        where T : IDisposable
    {
        _open.Add(process);
        return process;
    }
}
