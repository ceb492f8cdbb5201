using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Probes;

/// <summary>
/// Which probe to show, if any: of the interests that are inferred or asked about, strong enough by what may be used, and
/// never declined, the one whose answer is worth most (<see cref="ProbeValue"/>); of equals the first by probe and topic. A
/// pure function.
/// </summary>
internal readonly record struct ProbeChoice(ProbeDefinition Probe, string Topic, int Level, double Value)
{
    /// <summary>
    /// What must be usable for a probe to be shown: conclusions, which it is made of; what the client will declare, for
    /// which it is asked; and what it was shown before, which caps count. So somebody whose word may not be used is not asked
    /// for it, and a question that may not be remembered is not asked.
    /// </summary>
    public const DataCategories Needed = DataCategories.Inferred | DataCategories.Declared | DataCategories.Behaviour;

    /// <param name="query">From what to choose.</param>
    /// <param name="potentials">Gets, when not null, every interest that is strong enough and does not count as a potential truth yet.</param>
    public static ProbeChoice? Of(in ProbeQuery query, ICollection<StoredProbed.Types.Potential>? potentials)
    {
        if (!query.Allowed.Permits(Needed))
        {
            return null;
        }

        InterestTable interests = query.Profile.Interests;
        ProbeMemory? memory = query.Profile.Probes;
        Span<float> affinities = stackalloc float[ProfileLimits.Interests];
        interests.Affinities(query.AtMs, query.Allowed, affinities);
        double confirmation = query.Definitions.EventTypes.Resolve(EventTypeTable.ProbeAnswer).Weight;
        float least = float.MaxValue;
        ProbeChoice? best = null;
        foreach (ProbeDefinition probe in query.Probes)
        {
            bool isOpen = query.NowMs >= probe.StartMs && query.NowMs < probe.EndMs;
            least = isOpen ? Math.Min(least, probe.LeastEvidence) : least;
            if (!isOpen || IsCapped(probe, memory, query.NowMs))
            {
                continue;
            }

            for (int i = 0; i < interests.Count; i++)
            {
                string topic = interests[i].Topic;
                if (affinities[i] >= probe.LeastEvidence && IsOpen(interests[i].Trust) && probe.IsAbout(topic) && MayAsk(probe, memory?.Find(topic), query.NowMs))
                {
                    int level = EvidenceLevel.Of(affinities[i]);
                    double yesRate = query.Knowledge.YesRate(topic, level, query.Definitions.Audience);
                    double answerRate = query.Knowledge.AnswerRate(topic, query.Definitions.Audience);
                    double value = ProbeValue.Of(affinities[i], confirmation, yesRate, answerRate, probe.Value);
                    if (best is not { } b || value > b.Value || (value == b.Value && probe == b.Probe && string.CompareOrdinal(topic, b.Topic) < 0))
                    {
                        best = new ProbeChoice(probe, topic, level, value);
                    }
                }
            }
        }

        for (int i = 0; i < interests.Count && potentials is not null; i++)
        {
            if (affinities[i] >= least && IsOpen(interests[i].Trust) && (memory?.Find(interests[i].Topic) is null or { Counted: 0, DeclinedMs: 0 }))
            {
                potentials.Add(new StoredProbed.Types.Potential { Topic = interests[i].Topic, Level = (uint)EvidenceLevel.Of(affinities[i]) });
            }
        }

        return best;
    }

    private static bool IsOpen(Trust trust) => trust is Trust.Inferred or Trust.Probed;

    private static bool IsCapped(ProbeDefinition probe, ProbeMemory? memory, long nowMs)
    {
        if (memory is null)
        {
            return false;
        }

        bool isCapped = memory.IsClosed;
        foreach ((int count, long windowMs) in probe.Caps)
        {
            isCapped |= memory.AskedSince(nowMs - windowMs) >= count;
        }

        return isCapped;
    }

    // Never after a no; after silence when the probe says so.
    private static bool MayAsk(ProbeDefinition probe, StoredProbe? asked, long nowMs) =>
        asked is null || (asked.DeclinedMs == 0 && (asked.AskedMs == 0 || nowMs - asked.AskedMs >= probe.RepeatAfterMs));
}
