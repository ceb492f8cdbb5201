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
    private readonly List<long> _asked = [];

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
    public long LastAskedMs => _asked.Count == 0 ? 0 : _asked[^1];

    /// <summary>How many probes were shown after that time; exact up to 64.</summary>
    public int AskedSince(long ms)
    {
        int count = 0;
        for (int i = _asked.Count - 1; i >= 0 && _asked[i] > ms; i--)
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
            (probe.ProbeId, probe.AskedMs, probe.Open) = (probed.ProbeId, Math.Max(probe.AskedMs, probed.TimeMs), probed.Shown?.Clone());
            if (probed.Level > 0)
            {
                probe.Level = probed.Level;
                probe.Counted |= (uint)(ProbeCounting.Potential | ProbeCounting.Probed);
            }

            AddAsk(probed.TimeMs);
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
        foreach (StoredProbe probe in _topics.Values)
        {
            (probe.Counted, probe.Level) = (0, 0);
        }
    }

    /// <summary>
    /// What was inferred or declared may not be kept: of topics only that they were declined, which is an order. Or what was
    /// shown: not what was asked, and when.
    /// </summary>
    public void Forget(DataCategories categories)
    {
        if ((categories & DataCategories.Behaviour) != 0)
        {
            _asked.Clear();
            foreach (StoredProbe probe in _topics.Values.ToArray())
            {
                (probe.ProbeId, probe.AskedMs, probe.Open) = ("", 0, null);
                if (probe is { DeclinedMs: 0, AnsweredMs: 0, Counted: 0 })
                {
                    _topics.Remove(probe.Topic);
                }
            }
        }

        if ((categories & (DataCategories.Inferred | DataCategories.Declared)) != 0)
        {
            StopCounting();
            KeepOrders(_ => false);
        }
    }

    /// <summary>Leaves nothing but the topics that were declined.</summary>
    public void KeepOrdersAlone()
    {
        StopCounting();
        KeepOrders(_ => false);
        _asked.Clear();
    }

    /// <summary>Leaves out topics but for those that were declined or that the caller wants to keep.</summary>
    public void KeepOrders(Predicate<StoredProbe> keep)
    {
        foreach (StoredProbe probe in _topics.Values.Where(p => !keep(p)).ToArray())
        {
            if (probe.DeclinedMs == 0)
            {
                _topics.Remove(probe.Topic);
            }
            else
            {
                _topics[probe.Topic] = new StoredProbe { Topic = probe.Topic, DeclinedMs = probe.DeclinedMs };
            }
        }
    }

    public void Merge(ProbeMemory other)
    {
        foreach (StoredProbe theirs in other._topics.Values)
        {
            _topics[theirs.Topic] = _topics.TryGetValue(theirs.Topic, out StoredProbe? ours) ? ProbeMerge.Of(ours, theirs) : theirs.Clone();
        }

        foreach (long ms in other._asked)
        {
            AddAsk(ms);
        }

        (IsClosed, IsMoved) = (IsClosed || other.IsClosed, IsMoved || other.IsMoved);
        Bound();
    }

    public StoredProbes Save()
    {
        var stored = new StoredProbes { Closed = IsClosed, Moved = IsMoved };
        stored.Topics.AddRange(_topics.Values.Select(t => t.Clone()));
        stored.AskedMs.AddRange(_asked);
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
            memory._topics[probe.Topic] = probe;
        }

        memory._asked.AddRange(stored.AskedMs);
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

    private void AddAsk(long ms)
    {
        int at = _asked.Count;
        while (at > 0 && _asked[at - 1] > ms)
        {
            at--;
        }

        _asked.Insert(at, ms);
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
