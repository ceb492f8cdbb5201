using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Picks of placements that learn, in the order of time, so that an outcome finds what was shown and why. Past the bound
/// the oldest goes, and an outcome of it teaches nothing.
/// </summary>
internal sealed class ShownPicks() : TimeRing<ShownPicks.Entry>(ProfileLimits.ShownPicks)
{
    /// <summary>The place of a pick; -1 when it is not remembered.</summary>
    public int Find(ulong decisionHash, string itemId, bool isAd)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (this[i].DecisionHash == decisionHash && this[i].IsAd == isAd && this[i].ItemId == itemId)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Lets go of what one of the categories had a part in.</summary>
    public void Forget(DataCategories categories)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if ((this[i].Categories & categories) == 0)
            {
                this[kept++] = this[i];
            }
        }

        Truncate(kept);
    }

    public void Save(RepeatedField<StoredShownPick> to)
    {
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref this[i];
            to.Add(new StoredShownPick
            {
                DecisionHash = e.DecisionHash,
                ItemId = e.ItemId,
                Placement = e.Key,
                TimeMs = e.TimeMs,
                Features = e.Features,
                Predicted = e.Predicted,
                Stated = e.Stated,
                Outcomes = e.Outcomes,
                Categories = (uint)e.Categories,
                Worth = e.Worth,
                Reward = e.Reward,
                Ad = e.IsAd,
                Delay = e.Delay,
            });
        }
    }

    public void Load(RepeatedField<StoredShownPick> from, SharedStrings strings)
    {
        foreach (StoredShownPick e in from)
        {
            Add(new Entry
            {
                DecisionHash = e.DecisionHash,
                ItemId = strings.Share(e.ItemId),
                Key = strings.Share(e.Placement),
                TimeMs = e.TimeMs,
                Features = e.Features,
                Predicted = e.Predicted,
                Stated = e.Stated,
                Outcomes = (byte)e.Outcomes,
                Categories = CategoryNames.OfStored(e.Categories),
                Worth = e.Worth,
                Reward = e.Reward,
                IsAd = e.Ad,
                Delay = (byte)Math.Min(e.Delay, OutcomeDelays.Count - 1),
            });
        }
    }

    internal struct Entry : ITimed
    {
        public ulong DecisionHash;

        /// <summary>An ad's is its campaign's.</summary>
        public string ItemId;

        /// <summary>What the placement's sums went by when it was shown.</summary>
        public string Key;
        public ulong Features;
        public float Predicted;
        public float Stated;

        /// <summary>What of its outcomes was counted.</summary>
        public float Worth;
        public float Reward;

        /// <summary>Kinds of outcomes that were counted, a bit each; bit 0 when one counted as liked.</summary>
        public byte Outcomes;

        public bool IsAd;

        /// <summary>How long after it was shown the like came, as <see cref="OutcomeDelays"/> numbers it.</summary>
        public byte Delay;

        /// <summary>What of the profile had a part in it, and that the client was shown something.</summary>
        public DataCategories Categories;

        public long TimeMs { get; init; }
    }
}
