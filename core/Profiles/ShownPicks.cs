using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Picks of placements that learn, in the order of time, so that an outcome finds what was shown and why. Past the bound
/// the oldest goes, and an outcome of it teaches nothing.
/// </summary>
internal sealed class ShownPicks
{
    private Entry[] _ring = [];
    private int _start;

    public int Count { get; private set; }

    public ref Entry this[int i] => ref _ring[Index(i)];

    public void Add(in Entry entry)
    {
        if (Count == ProfileLimits.ShownPicks)
        {
            if (entry.TimeMs < _ring[_start].TimeMs)
            {
                return;
            }

            _ring[_start] = default;
            _start = Index(1);
            Count--;
        }
        else if (Count == _ring.Length)
        {
            Grow();
        }

        int at = Count++;
        for (; at > 0 && this[at - 1].TimeMs > entry.TimeMs; at--)
        {
            this[at] = this[at - 1];
        }

        this[at] = entry;
    }

    /// <summary>The place of a pick; -1 when it is not remembered.</summary>
    public int Find(ulong decisionHash, string itemId)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            if (this[i].DecisionHash == decisionHash && this[i].ItemId == itemId)
            {
                return i;
            }
        }

        return -1;
    }

    public void Merge(ShownPicks other)
    {
        for (int i = 0; i < other.Count; i++)
        {
            Add(other[i]);
        }
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

        for (int i = kept; i < Count; i++)
        {
            this[i] = default;
        }

        Count = kept;
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
                Placement = e.Placement,
                TimeMs = e.TimeMs,
                Features = e.Features,
                Predicted = e.Predicted,
                Stated = e.Stated,
                Outcomes = e.Outcomes,
                Categories = (uint)e.Categories,
                Worth = e.Worth,
                Reward = e.Reward,
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
                Placement = strings.Share(e.Placement),
                TimeMs = e.TimeMs,
                Features = e.Features,
                Predicted = e.Predicted,
                Stated = e.Stated,
                Outcomes = (byte)e.Outcomes,
                Categories = CategoryNames.OfStored(e.Categories),
                Worth = e.Worth,
                Reward = e.Reward,
            });
        }
    }

    private int Index(int i)
    {
        int at = _start + i;
        return at < _ring.Length ? at : at - _ring.Length;
    }

    private void Grow()
    {
        var larger = new Entry[Math.Min(ProfileLimits.ShownPicks, Math.Max(4, Count * 2))];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _start = 0;
    }

    internal struct Entry
    {
        public ulong DecisionHash;
        public string ItemId;
        public string Placement;
        public long TimeMs;
        public ulong Features;
        public float Predicted;
        public float Stated;
        /// <summary>What of its outcomes was counted.</summary>
        public float Worth;
        public float Reward;

        /// <summary>Kinds of outcomes that were counted, a bit each; bit 0 when one counted as liked.</summary>
        public byte Outcomes;

        /// <summary>What of the profile had a part in it, and that the client was shown something.</summary>
        public DataCategories Categories;
    }
}
