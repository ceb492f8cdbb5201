using System.Diagnostics;
using System.Net;
using Footprint.Grid.Bench.Processes;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>The main job, start to end: a trace in, picks for everybody out, judged beside two baselines.</summary>
internal static class AccuracyRun
{
    private const int LatencySample = 2_000;

    public static AccuracyResult Run(IPEndPoint node, NodeMetrics metrics, string apiKey, Trace trace, DateTimeOffset now, ulong seed)
    {
        var replay = new NodeReplay(node, apiKey, trace);
        replay.DefineItems();
        var events = new TraceEvents(trace, now, seed);
        var (before, start) = (metrics.LearningSeconds, Stopwatch.GetTimestamp());
        var stream = replay.Stream(events);
        metrics.WaitForKnowledge(TimeSpan.FromMinutes(5));
        var learning = (metrics.LearningSeconds - before) / Stopwatch.GetElapsedTime(start).TotalSeconds;

        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var item = 0; item < trace.Items.Count; item++)
        {
            ids.Add(trace.Items[item].ItemId, item);
        }

        var hits = new HitCounter();
        var notPersonal = 0;
        var picks = replay.Pick(connections: 4, inFlight: 16, trace.People.Count, (person, response) =>
        {
            hits.Add(ItemsOf(response, ids), trace.HeldOut(person));
            notPersonal += response.Personalized ? 0 : 1;
        });
        var alone = replay.Pick(connections: 1, inFlight: 1, Math.Min(LatencySample, trace.People.Count), (_, _) => { });
        return new AccuracyResult(trace, stream, picks, alone, learning, notPersonal, hits, PopularityBaseline.Judge(trace), ItemNeighboursBaseline.Judge(trace));
    }

    private static int[] ItemsOf(PickContentResponse response, Dictionary<string, int> ids)
    {
        var items = new int[response.Picks.Count];
        for (var rank = 0; rank < items.Length; rank++)
        {
            if (!ids.TryGetValue(response.Picks[rank].ItemId, out items[rank]))
            {
                throw new InvalidOperationException($"The node picked '{response.Picks[rank].ItemId}', which nobody defined.");
            }
        }

        return items;
    }
}
