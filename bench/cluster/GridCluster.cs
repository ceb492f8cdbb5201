using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Speed;

namespace Footprint.Grid.Cluster.Bench;

/// <summary>A cluster of so many silos that knows the world, with a gateway of each kind and a Redis of its own.</summary>
internal sealed class GridCluster : IDisposable
{
    private readonly List<GridProcess> _silos = [];
    private readonly List<IDisposable> _open = [];

    public GridCluster(int silos, SpeedWorld world)
    {
        Silos = silos;
        try
        {
            Redis = Keep(RedisProcess.Start("everysec", Pinning.LoadCore));
            for (var n = 0; n < silos; n++)
            {
                _silos.Add(Keep(GridProcess.StartSilo(Redis.Address)));
            }

            _silos.ForEach(silo => silo.WaitUntilReady());
            Client = Keep(GridProcess.StartGateway(Redis.Address, "client"));
            Member = Keep(GridProcess.StartGateway(Redis.Address, "member"));
            Client.WaitUntilReady();
            Member.WaitUntilReady();
            Events = new WorldEvents(world);
            WorldLoader.LoadItems(Client.Address, GridProcess.ApiKey, world);
            WorldLoader.LoadProfiles(Client.Address, GridProcess.ApiKey, world, Events);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Silos { get; }

    public RedisProcess Redis { get; }

    /// <summary>Joined as an Orleans client.</summary>
    public GridProcess Client { get; }

    /// <summary>Joined as a member that hosts no clients.</summary>
    public GridProcess Member { get; }

    /// <summary>Makes events under ids that this cluster has not seen.</summary>
    public WorldEvents Events { get; }

    /// <summary>All that serve a request which comes in by this gateway.</summary>
    public ServerGroup Behind(GridProcess gateway) => new([gateway, .. _silos]);

    public void Dispose()
    {
        for (var n = _open.Count - 1; n >= 0; n--)
        {
            _open[n].Dispose();
        }
    }

    private T Keep<T>(T process)
        where T : IDisposable
    {
        _open.Add(process);
        return process;
    }
}
