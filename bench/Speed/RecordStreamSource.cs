using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Speed;

/// <summary>Messages of a <c>Record</c> stream, so many events in each, their clients drawn by a Zipf law.</summary>
internal sealed class RecordStreamSource : CallSource
{
    private const int Drawn = 1 << 20;
    private readonly WorldEvents _events;
    private readonly byte[][] _seenAgain;
    private readonly int[] _clients = new int[Drawn];
    private readonly int _eventsOfMessage;
    private readonly RecordRequest.Types.Ack _ack;

    public RecordStreamSource(SpeedWorld world, WorldEvents events, int eventsOfMessage, RecordRequest.Types.Ack ack)
    {
        _events = events;
        _seenAgain = events.SeenAgain();
        _eventsOfMessage = eventsOfMessage;
        _ack = ack;
        var random = new SplitMix(4);
        var zipf = new ZipfSampler(world.Profiles, 1.0);
        for (var i = 0; i < Drawn; i++)
        {
            _clients[i] = zipf.Next(ref random);
        }
    }

    public override IReadOnlyList<string> Paths { get; } = [StreamPath];

    public const string StreamPath = "/footprint.grid.v1.Ingest/Stream";

    public override int Write(long number, Span<byte> message, out int path)
    {
        path = 0;
        var writer = new WireWriter(message);
        writer.Varint(1, (uint)_ack);
        for (var i = 0; i < _eventsOfMessage; i++)
        {
            _events.Write(ref writer, _seenAgain[_clients[((number * _eventsOfMessage) + i) % Drawn]]);
        }

        return writer.Length;
    }

    public override void Answered(long number, int path, ReadOnlySpan<byte> message) =>
        AckCheck.All(message, _eventsOfMessage, _ack == RecordRequest.Types.Ack.Durable ? RecordResult.Types.Status.Durable : RecordResult.Types.Status.Applied);
}
