using System.Net;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Replay;

/// <summary>The main job, start to end: a trace in, picks for everybody out, judged beside two baselines.</summary>
internal static class ReplayRun
{
    private const int LatencySample = 2_000;

    public static ReplayResult Run(IPEndPoint node, NodeMetrics metrics, string apiKey, Trace trace, DateTimeOffset now, ulong seed)
    {
        var replay = new NodeReplay(node, apiKey, trace);
        replay.DefineItems();
        var stream = replay.Stream(new TraceEvents(trace, now, seed));
        metrics.WaitForKnowledge(TimeSpan.FromSeconds(30));

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var item = 0; item < trace.Items.Count; item++)
        {
            ids.Add(trace.Items[item].ItemId, item);
        }

        var hits = new HitCounter();
        var notPersonal = 0;
        var picks = replay.Pick(connections: 4, inFlight: 16, trace.People.Count, (person, response) =>
        {
            hits.Add(RankOf(response, trace, person, ids));
            notPersonal += response.Personalized ? 0 : 1;
        });
        var alone = replay.Pick(connections: 1, inFlight: 1, Math.Min(LatencySample, trace.People.Count), (_, _) => { });
        return new ReplayResult(trace, stream, picks, alone, notPersonal, hits, PopularityBaseline.Judge(trace), ItemNeighboursBaseline.Judge(trace));
    }

    private static int RankOf(PickContentResponse response, Trace trace, int person, Dictionary<string, int> ids)
    {
        for (var rank = 0; rank < response.Picks.Count; rank++)
        {
            if (!ids.TryGetValue(response.Picks[rank].ItemId, out var item))
            {
                throw new InvalidOperationException($"The node picked '{response.Picks[rank].ItemId}', which nobody defined.");
            }

            if (item == trace.HeldOut(person))
            {
                return rank;
            }
        }

        return -1;
    }
}
