using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>
/// What a client was asked and said, so that no cap and no no is forgotten. Bounded: past 512 topics one goes that was
/// never declined, and when all of them were, nothing is asked any more.
/// </summary>
internal sealed class ProbeMemory
{
    /// <summary>The source of what an answer brings.</summary>
    public const string Source = "probe";

    /// <summary>What a cap may count to; more asks than that are remembered.</summary>
    public const int MostCap = 50;

    private const int MostAsks = 64;
    private const int MostTopics = 512;

    private readonly SortedDictionary<string, StoredProbe> _topics = new(StringComparer.Ordinal);
    private readonly List<(long Ms, DataCategories By)> _asked = [];

    /// <summary>In the order of topics.</summary>
    public IReadOnlyCollection<StoredProbe> Topics => _topics.Values;

    public bool IsClosed { get; private set; }

    /// <summary>Whether it counts as a client whose first active act was an answer.</summary>
    public bool IsMoved { get; private set; }

    /// <summary>Whether anything of it counts in reports.</summary>
    public bool IsCounted => IsMoved || _topics.Values.Any(t => t.Counted != 0);

    public bool IsEmpty => _topics.Count == 0 && _asked.Count == 0 && !IsClosed && !IsMoved;

    public bool HasDeclined => IsClosed || _topics.Values.Any(t => t.DeclinedMs != 0);

    public StoredProbe? Find(string topic) => _topics.GetValueOrDefault(topic);

    /// <summary>What this probe showed when it asked about the topic; null when it did not, or later than that, or was answered since.</summary>
    public StoredAsk? OpenAsk(string topic, string probeId, long timeMs) =>
        Find(topic) is { } probe && probe.ProbeId == probeId && timeMs >= probe.AskedMs ? probe.Open : null;

    /// <summary>When the last probe was shown; 0 when none was.</summary>
    public long LastAskedMs => _asked.Count == 0 ? 0 : _asked[^1].Ms;

    /// <summary>How many probes were shown after that time; exact up to 64.</summary>
    public int AskedSince(long ms)
    {
        int count = 0;
        for (int i = _asked.Count - 1; i >= 0 && _asked[i].Ms > ms; i--)
        {
            count++;
        }

        return count;
    }

    public void Apply(StoredProbed probed)
    {
        foreach (StoredProbed.Types.Potential potential in probed.Potentials)
        {
            StoredProbe probe = Touch(potential.Topic);
            probe.Counted |= (uint)ProbeCounting.Potential;
            probe.Level = probe.Level == 0 ? potential.Level : probe.Level;
        }

        if (probed.Topic.Length > 0)
        {
            StoredProbe probe = Touch(probed.Topic);
            DataCategories by = ChosenBy(probed.Categories);
            (probe.ProbeId, probe.AskedMs, probe.Open) = (probed.ProbeId, Math.Max(probe.AskedMs, probed.TimeMs), probed.Shown?.Clone());
            (probe.Categories, probe.Channel) = (probe.Categories | (uint)by, probed.Channel);
            if (probed.Level > 0)
            {
                probe.Level = probed.Level;
                probe.Counted |= (uint)(ProbeCounting.Potential | ProbeCounting.Probed);
            }

            AddAsk(probed.TimeMs, by);
        }

        Bound();
    }

    /// <param name="level">Of the evidence when the answer counts; 0 when it does not.</param>
    /// <param name="moved">Whether it was the client's first active act.</param>
    public void Answered(string topic, bool yes, long timeMs, uint level, bool moved)
    {
        StoredProbe probe = Touch(topic);
        probe.DeclinedMs = yes ? probe.DeclinedMs : Math.Max(probe.DeclinedMs, timeMs);
        bool isLast = timeMs > probe.AnsweredMs || (timeMs == probe.AnsweredMs && !yes);
        probe.AnsweredMs = Math.Max(probe.AnsweredMs, timeMs);
        probe.Open = yes && timeMs < probe.AskedMs ? probe.Open : null;
        if (level > 0)
        {
            probe.Level = probe.Level == 0 ? level : probe.Level;
            var counted = (ProbeCounting)probe.Counted | ProbeCounting.Potential;
            probe.Counted = (uint)(isLast ? (counted & ~ProbeCounting.Answers) | (yes ? ProbeCounting.Confirmed : ProbeCounting.Rejected) : counted);
        }

        IsMoved |= moved;
        Bound();
    }

    public void StopCounting()
    {
        IsMoved = false;
        Uncount(_topics.Values, ProbeCounting.All);
    }

    /// <summary>
    /// Lets go of what was asked by what one of the categories had a part in; of answers where what is declared may not be kept, but
    /// for noes, which are orders; and of what counts, which all that interests are made of has a part in.
    /// </summary>
    public void Forget(DataCategories categories)
    {
        Unask(categories, long.MaxValue, long.MaxValue);
        if ((categories & DataCategories.Declared) != 0)
        {
            ForgetAnswers(long.MaxValue);
        }

        if ((categories & DataCategories.Evidence) != 0)
        {
            StopCounting();
        }
    }

    /// <summary>Leaves nothing but the topics that were declined, and when it was asked since that time, for caps.</summary>
    public void KeepOrdersAlone(long uncountedBeforeMs)
    {
        Unask(DataCategories.All, long.MaxValue, uncountedBeforeMs);
        ForgetAnswers(long.MaxValue);
        StopCounting();
    }

    /// <summary>Lets go of questions that one of the categories had a part in and that were asked before the one time, and of those before the other for caps.</summary>
    /// <returns>Whether some topic is as if nothing had been asked about it.</returns>
    public bool Unask(DataCategories categories, long beforeMs, long uncountedBeforeMs)
    {
        _asked.RemoveAll(ask => (ask.By & categories) != 0 && ask.Ms < uncountedBeforeMs);
        StoredProbe[] gone = [.. _topics.Values.Where(p => ((DataCategories)p.Categories & categories) != 0 && p.AskedMs < beforeMs)];
        foreach (StoredProbe probe in gone)
        {
            (probe.ProbeId, probe.AskedMs, probe.Open, probe.Categories, probe.Channel) = ("", 0, null, 0, default);
        }

        // What was answered was a potential truth all the same.
        Uncount(gone.Where(p => p.AnsweredMs != 0), ProbeCounting.Probed);
        Uncount(gone.Where(p => p.AnsweredMs == 0), ProbeCounting.All);
        return gone.Length > 0;
    }

    /// <summary>Lets go of answers that were given before; that a topic was declined stays.</summary>
    public void ForgetAnswers(long beforeMs)
    {
        StoredProbe[] gone = [.. _topics.Values.Where(p => p.AnsweredMs != 0 && p.AnsweredMs < beforeMs)];
        foreach (StoredProbe probe in gone)
        {
            probe.AnsweredMs = 0;
        }

        Uncount(gone, ProbeCounting.Answers);
    }

    /// <summary>What counts but was neither asked about nor answered goes with what is known of the interest.</summary>
    public void KeepCounted(Predicate<string> isKnown) =>
        Uncount(_topics.Values.Where(p => p is { AskedMs: 0, AnsweredMs: 0 } && !isKnown(p.Topic)), ProbeCounting.All);

    // A topic of which nothing is left goes.
    private void Uncount(IEnumerable<StoredProbe> probes, ProbeCounting counting)
    {
        foreach (StoredProbe probe in probes.ToArray())
        {
            probe.Counted &= ~(uint)counting;
            probe.Level = probe.Counted == 0 ? 0 : probe.Level;
            if (probe is { AskedMs: 0, AnsweredMs: 0, DeclinedMs: 0, Counted: 0 })
            {
                _topics.Remove(probe.Topic);
            }
        }
    }

    public void Merge(ProbeMemory other)
    {
        foreach (StoredProbe theirs in other._topics.Values)
        {
            _topics[theirs.Topic] = _topics.TryGetValue(theirs.Topic, out StoredProbe? ours) ? ProbeMerge.Of(ours, theirs) : theirs.Clone();
        }

        foreach ((long ms, DataCategories by) in other._asked)
        {
            AddAsk(ms, by);
        }

        (IsClosed, IsMoved) = (IsClosed || other.IsClosed, IsMoved || other.IsMoved);
        Bound();
    }

    public StoredProbes Save()
    {
        var stored = new StoredProbes { Closed = IsClosed, Moved = IsMoved };
        stored.Topics.AddRange(_topics.Values.Select(t => t.Clone()));
        stored.AskedMs.AddRange(_asked.Select(ask => ask.Ms));
        stored.AskedCategories.AddRange(_asked.Select(ask => (uint)ask.By));
        return stored;
    }

    /// <summary>Null when nothing is stored.</summary>
    public static ProbeMemory? Load(StoredProbes? stored)
    {
        if (stored is null)
        {
            return null;
        }

        var memory = new ProbeMemory { IsClosed = stored.Closed, IsMoved = stored.Moved };
        foreach (StoredProbe probe in stored.Topics)
        {
            probe.Categories = probe.AskedMs == 0 ? 0 : (uint)ChosenBy(probe.Categories);
            memory._topics[probe.Topic] = probe;
        }

        memory._asked.AddRange(stored.AskedMs.Select((ms, i) => (ms, ChosenBy(i < stored.AskedCategories.Count ? stored.AskedCategories[i] : 0))));
        memory._asked.Sort();
        return memory.IsEmpty ? null : memory;
    }

    private StoredProbe Touch(string topic)
    {
        if (!_topics.TryGetValue(topic, out StoredProbe? probe))
        {
            _topics.Add(topic, probe = new StoredProbe { Topic = topic });
        }

        return probe;
    }

    // Where no version said it, all that interests are made of.
    private static DataCategories ChosenBy(uint stored) => stored == 0 ? DataCategories.Evidence : (DataCategories)stored & DataCategories.All;

    private void AddAsk(long ms, DataCategories by)
    {
        int at = _asked.Count;
        while (at > 0 && _asked[at - 1].CompareTo((ms, by)) > 0)
        {
            at--;
        }

        _asked.Insert(at, (ms, by));
        if (_asked.Count > MostAsks)
        {
            _asked.RemoveAt(0);
        }
    }

    private void Bound()
    {
        while (_topics.Count > MostTopics)
        {
            StoredProbe least = _topics.Values.MinBy(p => (p.DeclinedMs != 0, p.AnsweredMs, p.AskedMs))!;
            IsClosed |= least.DeclinedMs != 0;
            _topics.Remove(least.Topic);
        }
    }
}
