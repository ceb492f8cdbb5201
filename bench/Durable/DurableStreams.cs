using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.Bench.Reports;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Durable;

/// <summary>A node that knows the world, and streams of durable events to it.</summary>
internal sealed class DurableStreams : IDisposable
{
    private const int Streams = 4, Ahead = 8, EventsOfMessage = 100;
    private readonly NodeProcess _node;
    private readonly RedisProcess? _store;
    private readonly StreamLoad _manyLoad;
    private readonly StreamLoad _singleLoad;
    private readonly RecordStreamSource _manySource;
    private readonly RecordStreamSource _singleSource;

    /// <param name="node">Disposed of with this.</param>
    /// <param name="store">That it leans on, if any; likewise.</param>
    /// <param name="world">Brought into the node first.</param>
    public DurableStreams(NodeProcess node, RedisProcess? store, SpeedWorld world)
    {
        _node = node;
        _store = store;
        WorldLoader.LoadItems(node.Address, NodeProcess.ApiKey, world);
        var events = new WorldEvents(world);
        WorldLoader.LoadProfiles(node.Address, NodeProcess.ApiKey, world, events);
        _manySource = new RecordStreamSource(world, events, EventsOfMessage, RecordRequest.Types.Ack.Durable);
        _singleSource = new RecordStreamSource(world, events, 1, RecordRequest.Types.Ack.Durable);
        _manyLoad = new StreamLoad(node.Address, NodeProcess.ApiKey, Streams, Ahead);
        _singleLoad = new StreamLoad(node.Address, NodeProcess.ApiKey, Streams, RedisFloor.InFlight / Streams);
    }

    /// <summary>Messages of 100 events.</summary>
    public Sample Many(TimeSpan duration) => Metered.Run(_node, _store, () => _manyLoad.Run(_manySource, duration), r => r.Total * EventsOfMessage);

    /// <summary>One event a message, as many in flight as the floor has.</summary>
    public Sample Single(TimeSpan duration) => Metered.Run(_node, _store, () => _singleLoad.Run(_singleSource, duration));

    public void Dispose()
    {
        _manyLoad.Dispose();
        _singleLoad.Dispose();
        _node.Dispose();
        _store?.Dispose();
    }
}
