using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;

namespace Footprint.Grid.Cluster.Bench;

/// <summary>Unary <c>Record</c> calls, each with so many events of one client, clients drawn by a Zipf law.</summary>
internal sealed class RecordSource : CallSource
{
    public const string Path = "/footprint.grid.v1.Ingest/Record";
    private const int Drawn = 1 << 20, LookAtOneOf = 100;

    private readonly WorldEvents _events;
    private readonly byte[][] _seenAgain;
    private readonly int[] _clients = new int[Drawn];
    private readonly int _eventsOfCall;
    private readonly RecordRequest.Types.Ack _ack;
    private long _answers;

    public RecordSource(SpeedWorld world, WorldEvents events, int eventsOfCall, RecordRequest.Types.Ack ack)
    {
        (_events, _eventsOfCall, _ack) = (events, eventsOfCall, ack);
        _seenAgain = events.SeenAgain();
        var random = new SplitMix(4);
        var zipf = new ZipfSampler(world.Profiles, 1.0);
        for (var i = 0; i < Drawn; i++)
        {
            _clients[i] = zipf.Next(ref random);
        }
    }

    public override IReadOnlyList<string> Paths { get; } = [Path];

    public override int Write(long number, Span<byte> message, out int path)
    {
        path = 0;
        var writer = new WireWriter(message);
        writer.Varint(1, (uint)_ack);
        for (var i = 0; i < _eventsOfCall; i++)
        {
            _events.Write(ref writer, _seenAgain[_clients[number % Drawn]]);
        }

        return writer.Length;
    }

    public override void Answered(long number, int path, ReadOnlySpan<byte> message)
    {
        if (_answers++ % LookAtOneOf != 0)
        {
            return;
        }

        var expected = _ack == RecordRequest.Types.Ack.Durable ? RecordResult.Types.Status.Durable : RecordResult.Types.Status.Applied;
        var response = RecordResponse.Parser.ParseFrom(message);
        if (response.Results.Count != _eventsOfCall || response.Results.Any(result => result.Status != expected))
        {
            throw new InvalidOperationException($"Expected {_eventsOfCall} results {expected}, got {response}.");
        }
    }
}
