using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Bench.Speed;

/// <summary>
/// Picks for clients drawn by a Zipf law, and one recorded event for every ten of them, so that no answer can be kept.
/// </summary>
internal sealed class PickSource : CallSource
{
    public const string PickPath = "/footprint.grid.v1.Decisions/PickContent";
    public const string RecordPath = "/footprint.grid.v1.Ingest/Record";
    private const int PicksPerEvent = 10, Drawn = 1 << 20, CandidateLists = 1024;

    private readonly WorldEvents _events;
    private readonly byte[][] _picks;
    private readonly byte[][] _seenAgain;
    private readonly byte[][] _candidates;
    private readonly int[] _clients = new int[Drawn];
    private readonly bool _recorded;
    private long _answers;

    /// <param name="world">Of which the server knows items and profiles.</param>
    /// <param name="events">Makes the recorded events' ids.</param>
    /// <param name="candidates">How many candidate ids each pick brings; none when 0.</param>
    /// <param name="recorded">Whether events come between the picks.</param>
    public PickSource(SpeedWorld world, WorldEvents events, int candidates, bool recorded = true)
    {
        _recorded = recorded;
        _events = events;
        _seenAgain = events.SeenAgain();
        _picks = [.. Enumerable.Range(0, world.Profiles).Select(profile => new PickContentRequest { ClientId = SpeedWorld.ClientId(profile), Placement = "home", Count = 10 }.ToByteArray())];
        var random = new SplitMix(3);
        var zipf = new ZipfSampler(world.Profiles, 1.0);
        for (var i = 0; i < Drawn; i++)
        {
            _clients[i] = zipf.Next(ref random);
        }

        _candidates = [.. Enumerable.Range(0, candidates == 0 ? 1 : CandidateLists).Select(_ => Candidates(world.Items, candidates, ref random))];
    }

    public override IReadOnlyList<string> Paths { get; } = [PickPath, RecordPath];

    /// <summary>Picks that came with ten items, all told; anything else ends the run.</summary>
    public override void Answered(long number, int path, ReadOnlySpan<byte> message)
    {
        // A look at every answer would cost the load more than the rest of it; one of a thousand shows a server that fails.
        if (path == 0 && _answers++ % 1000 == 0)
        {
            var picks = PickContentResponse.Parser.ParseFrom(message);
            if (picks.Picks.Count != 10 || !picks.Personalized)
            {
                throw new InvalidOperationException($"Expected 10 personal picks, got {picks}.");
            }
        }
    }

    public override int Write(long number, Span<byte> message, out int path)
    {
        var client = _clients[number % Drawn];
        var writer = new WireWriter(message);
        path = _recorded && number % (PicksPerEvent + 1) == PicksPerEvent ? 1 : 0;
        if (path == 0)
        {
            writer.Raw(_picks[client]);
            writer.Raw(_candidates[number % _candidates.Length]);
        }
        else
        {
            writer.Varint(1, (uint)RecordRequest.Types.Ack.Applied);
            _events.Write(ref writer, _seenAgain[client]);
        }

        return writer.Length;
    }

    private static byte[] Candidates(int items, int count, ref SplitMix random)
    {
        var request = new PickContentRequest();
        while (request.Candidates.Count < count)
        {
            var id = SpeedWorld.ItemId(random.Next(items));
            if (!request.Candidates.Contains(id))
            {
                request.Candidates.Add(id);
            }
        }

        return request.ToByteArray();
    }
}
