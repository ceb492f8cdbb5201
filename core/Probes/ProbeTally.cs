using Footprint.Grid.Core.Clients;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>
/// What one client counts in the reports, as a function of what its profile remembers: a row for each topic, for each level
/// of evidence, and for all. Whatever changes the profile (an answer, a merge, a withdrawn consent, an erasure), the
/// difference of before and after is told, so the counts are always the sum over the profiles, and what a client added
/// goes with it.
/// </summary>
internal static class ProbeTally
{
    private static readonly Dictionary<(string, int), ProbeSums> _nothing = [];

    /// <summary>Whether an entry may change what a client counts; most never do.</summary>
    public static bool MayChange(JournalEntry entry) => entry.ChangeCase switch
    {
        JournalEntry.ChangeOneofCase.Event => entry.Event.Answer is not null,
        JournalEntry.ChangeOneofCase.AdsShown or JournalEntry.ChangeOneofCase.SegmentsChanged => false,
        _ => true,
    };

    public static Dictionary<(string Topic, int Level), ProbeSums> Of(ProbeMemory? memory)
    {
        if (memory is not { IsCounted: true })
        {
            return _nothing;
        }

        var rows = new Dictionary<(string Topic, int Level), ProbeSums>();
        var all = default(ProbeSums);
        foreach (StoredProbe probe in memory.Topics.Where(t => t.Counted != 0))
        {
            var sums = ProbeSums.Of((ProbeCounting)probe.Counted);
            rows[(probe.Topic, 0)] = sums;
            rows[("", (int)probe.Level)] = rows.GetValueOrDefault(("", (int)probe.Level)) + sums;
            all += sums;
        }

        for (int level = 1; level <= EvidenceLevel.Count; level++)
        {
            if (rows.TryGetValue(("", level), out ProbeSums sums))
            {
                rows[("", level)] = sums.AsOneClient();
            }
        }

        rows[("", 0)] = all.AsOneClient() with { Moved = memory.IsMoved ? 1 : 0 };
        return rows;
    }

    public static void Tell(ILearning learning, string tenant, Dictionary<(string Topic, int Level), ProbeSums> before, Dictionary<(string Topic, int Level), ProbeSums> after)
    {
        foreach (((string topic, int level), ProbeSums sums) in after)
        {
            Tell(topic, level, sums + -before.GetValueOrDefault((topic, level)));
        }

        foreach (((string topic, int level), ProbeSums sums) in before.Where(row => !after.ContainsKey(row.Key)))
        {
            Tell(topic, level, -sums);
        }

        void Tell(string topic, int level, ProbeSums difference)
        {
            if (!difference.IsZero)
            {
                learning.Observe(tenant, difference.Save(topic, level));
            }
        }
    }
}
