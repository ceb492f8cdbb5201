using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Reports;
using Footprint.Grid.Bench.Speed;

namespace Footprint.Grid.Bench.Durable;

/// <summary>The floors and the node with either store, all running at once, measured in turn.</summary>
internal sealed class DurableRun : IDisposable
{
    private const int ProfileBytes = 1500;
    private readonly Stack<IDisposable> _open = new();
    private readonly bool _quick;
    private readonly SpeedWorld _world;
    private Subject? _floor;
    private Subject? _sqlite;
    private Subject? _redis;

    public DurableRun(bool quick, bool sqlite, bool redis)
    {
        _quick = quick;
        _world = new SpeedWorld(10_000, quick ? 5_000 : 100_000);
        try
        {
            AddFloors();
            if (sqlite)
            {
                AddSqlite();
            }

            if (redis)
            {
                AddRedis();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Report Report { get; } = new("Durable events");

    public void Measure()
    {
        Report.Measure(_quick ? 2 : 5, TimeSpan.FromSeconds(_quick ? 1 : 3), TimeSpan.FromSeconds(_quick ? 3 : 20));
        if (_sqlite is not null)
        {
            Report.Check("durable events with SQLite by scripts, rate", _sqlite.Against(_floor!, s => s.Rate), 5, atLeast: true);
        }

        if (_redis is not null)
        {
            Report.Check("durable events with Redis by scripts, rate", _redis.Against(_floor!, s => s.Rate), 2, atLeast: true);
        }
    }

    public void Dispose()
    {
        while (_open.TryPop(out var open))
        {
            open.Dispose();
        }
    }

    private void AddFloors()
    {
        foreach (var fsync in new[] { "everysec", "always" })
        {
            var redis = Keep(RedisProcess.Start(fsync, Pinning.ServerCore));
            var load = Keep(new RedisFloor(redis, _world.Profiles, ProfileBytes));
            var subject = Report.Add($"Redis script for each event, 64 in flight, fsync {fsync}", d => Metered.Run(redis, null, () => load.Run(d)));
            _floor ??= subject;
        }
    }

    private void AddSqlite()
    {
        var streams = Keep(new DurableStreams(NodeProcess.Start(), null, _world));
        _sqlite = Report.Add("node, SQLite, 100 events a message", streams.Many);
        Report.Add("node, SQLite, 1 event a message, 64 in flight", streams.Single);
    }

    private void AddRedis()
    {
        var store = RedisProcess.Start("everysec", Pinning.LoadCore);
        try
        {
            var streams = Keep(new DurableStreams(NodeProcess.Start("--store", "redis", "--redis", store.Address.ToString()), store, _world));
            _redis = Report.Add("node, Redis with fsync everysec, 100 events a message", streams.Many);
            Report.Add("node, Redis with fsync everysec, 1 event a message, 64 in flight", streams.Single);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private T Keep<T>(T open)
        where T : IDisposable
    {
        _open.Push(open);
        return open;
    }
}
