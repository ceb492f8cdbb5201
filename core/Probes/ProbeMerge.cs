using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>What two clients who become one were asked about a topic; the same whichever is which.</summary>
internal static class ProbeMerge
{
    public static StoredProbe Of(StoredProbe a, StoredProbe b)
    {
        StoredProbe asked = Compare(a, b) >= 0 ? a : b;
        var counted = (ProbeCounting)(a.Counted | b.Counted);
        return new StoredProbe
        {
            Topic = a.Topic,
            ProbeId = asked.ProbeId,
            AskedMs = asked.AskedMs,
            DeclinedMs = Math.Max(a.DeclinedMs, b.DeclinedMs),
            AnsweredMs = Math.Max(a.AnsweredMs, b.AnsweredMs),
            Level = counted == 0 ? 0 : Math.Max(a.Level, b.Level),
            Counted = (uint)((counted & ~ProbeCounting.Answers) | Answer(a, b)),
            Open = Open(a, b, asked),
            Categories = a.Categories | b.Categories,
            Channel = asked.Channel,
        };
    }

    private static int Compare(StoredProbe a, StoredProbe b)
    {
        int order = (a.AskedMs, a.Level).CompareTo((b.AskedMs, b.Level));
        order = order != 0 ? order : string.CompareOrdinal(a.ProbeId, b.ProbeId);
        return order != 0 ? order : a.Channel.CompareTo(b.Channel);
    }

    // Of the later ask; of two asks at once what both showed.
    private static StoredAsk? Open(StoredProbe a, StoredProbe b, StoredProbe asked) =>
        a.AskedMs != b.AskedMs ? asked.Open?.Clone() : a.ProbeId == b.ProbeId && Equals(a.Open, b.Open) ? a.Open?.Clone() : null;

    // The later answer; of two at once the no.
    private static ProbeCounting Answer(StoredProbe a, StoredProbe b)
    {
        var ofA = (ProbeCounting)a.Counted & ProbeCounting.Answers;
        var ofB = (ProbeCounting)b.Counted & ProbeCounting.Answers;
        return ofA == 0 ? ofB : ofB == 0 ? ofA
            : a.AnsweredMs > b.AnsweredMs ? ofA : a.AnsweredMs < b.AnsweredMs ? ofB
            : (ofA | ofB) == ProbeCounting.Answers ? ProbeCounting.Rejected : ofA;
    }
}
