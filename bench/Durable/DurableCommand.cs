using System.CommandLine;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Reports;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Durable;

/// <summary><c>durable</c>: events per second that survive <c>kill -9</c>, beside one ETag-checked Redis script for each event.</summary>
internal static class DurableCommand
{
    private const int Streams = 4, Ahead = 8, EventsOfMessage = 100, ProfileBytes = 1500;

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer profiles and shorter rounds: a look, not a measurement." };
        var json = new Option<string?>("--json") { Description = "Also write all figures to this file." };
        var command = new Command("durable", "Durable events per second with either store, against a Redis script for each event.") { quick, json };
        command.SetAction(parsed => Run(parsed.GetValue(quick), parsed.GetValue(json)));
        return command;
    }

    private static void Run(bool quick, string? json)
    {
        var world = new SpeedWorld(10_000, quick ? 5_000 : 100_000);
        using var everySecond = RedisProcess.Start("everysec", Pinning.ServerCore);
        using var always = RedisProcess.Start("always", Pinning.ServerCore);
        using var stores = RedisProcess.Start("everysec", Pinning.LoadCore);
        using var sqliteNode = NodeProcess.Start();
        using var redisNode = NodeProcess.Start("--store", "redis", "--redis", stores.Address.ToString());
        using var floorLoad = new RedisFloor(everySecond, world.Profiles, ProfileBytes);
        using var alwaysLoad = new RedisFloor(always, world.Profiles, ProfileBytes);
        using var sqlite = new DurableStreams(sqliteNode, world);
        using var redis = new DurableStreams(redisNode, world);

        var report = new Report("Durable events");
        var floor = report.Add("Redis script per event, 64 in flight, fsync every second", d => Metered.Run(everySecond, null, () => floorLoad.Run(d)));
        report.Add("the same, fsync always", d => Metered.Run(always, null, () => alwaysLoad.Run(d)));
        var sqliteMany = report.Add("node, SQLite, 100 events a message", d => sqlite.Measure(null, d, sqlite.Many));
        report.Add("node, SQLite, 1 event a message, 64 in flight", d => sqlite.Measure(null, d, sqlite.Single));
        var redisMany = report.Add("node, Redis, 100 events a message, fsync every second", d => redis.Measure(stores, d, redis.Many));
        report.Measure(quick ? 2 : 5, TimeSpan.FromSeconds(quick ? 1 : 3), TimeSpan.FromSeconds(quick ? 3 : 20));
        report.Check("durable with SQLite by a script per event", sqliteMany.Against(floor, s => s.Rate), 5, atLeast: true);
        report.Check("durable with Redis by a script per event", redisMany.Against(floor, s => s.Rate), 2, atLeast: true);
        report.Print();
        if (json is not null)
        {
            report.Save(json);
        }
    }

    /// <summary>A node that knows the world, and streams of events to it.</summary>
    private sealed class DurableStreams : IDisposable
    {
        private readonly NodeProcess _node;
        private readonly StreamLoad _manyLoad;
        private readonly StreamLoad _singleLoad;
        private readonly RecordStreamSource _manySource;
        private readonly RecordStreamSource _singleSource;

        public DurableStreams(NodeProcess node, SpeedWorld world)
        {
            _node = node;
            WorldLoader.LoadItems(node.Address, NodeProcess.ApiKey, world);
            var events = new WorldEvents(world);
            WorldLoader.LoadProfiles(node.Address, NodeProcess.ApiKey, world, events);
            _manySource = new RecordStreamSource(world, events, EventsOfMessage, RecordRequest.Types.Ack.Durable);
            _singleSource = new RecordStreamSource(world, events, 1, RecordRequest.Types.Ack.Durable);
            _manyLoad = new StreamLoad(node.Address, NodeProcess.ApiKey, Streams, Ahead);
            _singleLoad = new StreamLoad(node.Address, NodeProcess.ApiKey, Streams, RedisFloor.InFlight / Streams);
        }

        public LoadResult Many(TimeSpan duration) => _manyLoad.Run(_manySource, duration);

        public LoadResult Single(TimeSpan duration) => _singleLoad.Run(_singleSource, duration);

        public Sample Measure(ServerProcess? store, TimeSpan duration, Func<TimeSpan, LoadResult> run) =>
            Metered.Run(_node, store, () => run(duration), r => r.Total * (run == Many ? EventsOfMessage : 1));

        public void Dispose()
        {
            _manyLoad.Dispose();
            _singleLoad.Dispose();
        }
    }
}
