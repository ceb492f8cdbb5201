using System.Runtime.InteropServices;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What was shown at a placement so lately that likes may still come. Without an answer a pick of age a counts as not liked
/// as far as a like would have come by now: as F(a) of a pick, F being the <see cref="DelayCurve"/> of the placement's
/// likes. For a pick that is liked with chance p is known to be liked by then with chance p F(a), so sums in which every pick
/// counts F(a), liked or not, have the right p in the mean (exposure in survival analysis; delayed feedback as Chapelle, KDD 2014,
/// has it, with F found by counting instead of an exponential, and sums instead of gradients). Totals hold every pick in
/// full; what is kept here is only how much of them is how old, in slots that are a quarter of their age long, by the
/// minute while they are new: losing it costs no pick, it counts in full then. One caller at a time.
/// </summary>
internal sealed class YoungPicks(YoungPicks.Room room)
{
    /// <summary>Rows of a tenant's items by slot, placement and channel, some 60 bytes each; past that the oldest of the placement that has most count in full.</summary>
    public const int MostRows = 1 << 17;

    private const int PartOfAge = 4;
    private const long MinuteMs = 60_000;

    // From so many likes on what comes later than this part of them is not waited for, some time afterwards.
    private const double LeastLikes = 30;
    private const double Over = 0.995;
    private const double Margin = 2;

    private readonly List<YoungSlot> _slots = [];
    private readonly Dictionary<(LearnedItem Item, int Channel), double> _uncounted = [];

    /// <summary>The placement's sums as far as they count, as of the last <see cref="Count"/>.</summary>
    public double[] Counted { get; } = new double[PlacementLayout.Count];

    /// <summary>Items that do not count in full.</summary>
    public IEnumerable<LearnedItem> Items => _uncounted.Keys.Select(k => k.Item).Distinct();

    public static int Minute(long timeMs) => (int)(timeMs / MinuteMs);

    /// <summary>Counts picks of a placement in that minute: the part of its sums that is of what was shown.</summary>
    public void Add(int minute, ReadOnlySpan<double> sums, double part)
    {
        if (Find(minute, sums[PlacementLayout.Products]) is not { } slot)
        {
            return;
        }

        for (int i = 0; i < PlacementLayout.Delays; i++)
        {
            slot.Sums[i] += PlacementLayout.IsOfShown(i) ? part * sums[i] : 0;
        }
    }

    /// <summary>Counts picks of an item in that minute.</summary>
    public void Add(int minute, LearnedItem item, int channel, double shown)
    {
        if (Find(minute, shown) is { } slot && slot.Add(item, channel, shown))
        {
            room.Add(this, 1);
        }
    }

    /// <summary>How much of an item's sums counts: 0 to 1.</summary>
    public double Part(LearnedItem item, int row)
    {
        ItemOutcomes rows = item.Outcomes!;
        float shown = rows.Sums(row)[ItemLayout.Features];
        return shown > 0 && _uncounted.TryGetValue((item, rows.Channel(row)), out double uncounted) ? Math.Clamp(1 - (uncounted / shown), 0, 1) : 1;
    }

    /// <summary>Finds out how far what was shown counts by now.</summary>
    public void Count(long nowMs, ReadOnlySpan<double> sums, double decay)
    {
        double now = (double)nowMs / MinuteMs;
        Settle((int)now);
        DelayCurve delays = Delays(now, sums);
        double likes = 0;
        foreach (double some in sums[PlacementLayout.Delays..])
        {
            likes += some * decay;
        }

        double over = likes < LeastLikes ? OutcomeDelays.MostMinutes : Margin * delays.Quantile(Over);
        while (_slots.Count > 0 && now - _slots[0].End > over)
        {
            Drop(0);
        }

        sums.CopyTo(Counted);
        _uncounted.Clear();
        foreach (YoungSlot slot in _slots)
        {
            double missing = 1 - delays.At(slot.Age(now));
            if (missing < 1e-3)
            {
                continue;
            }

            for (int i = 0; i < PlacementLayout.Delays; i++)
            {
                Counted[i] -= missing * slot.Sums[i];
            }

            foreach (((LearnedItem Item, int Channel) key, float shown) in slot.Items)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_uncounted, key, out _) += missing * shown;
            }
        }
    }

    /// <summary>Makes one of slots that are short for their age, and drops those of which nothing can come any more.</summary>
    public void Settle(int now)
    {
        while (_slots.Count > 0 && now - _slots[0].End > OutcomeDelays.MostMinutes)
        {
            Drop(0);
        }

        for (int i = 0; i < _slots.Count; i++)
        {
            // A power of two, so that whoever does this at whatever time gets slots of which one holds the other.
            int length = 1 << int.Log2(Math.Max(1, (now - _slots[i].End) / PartOfAge));
            int start = _slots[i].Start / length * length;
            int end = start + length;
            int others = i + 1;
            while (others < _slots.Count && _slots[others].End <= end)
            {
                others++;
            }

            if (others > i + 1)
            {
                var whole = new YoungSlot(start, end);
                foreach (YoungSlot slot in _slots[i..others])
                {
                    room.Add(this, -whole.Add(slot));
                }

                _slots.RemoveRange(i, others - i);
                _slots.Insert(i, whole);
            }
        }
    }

    public void Remove(LearnedItem item, int channel)
    {
        foreach (YoungSlot slot in _slots)
        {
            room.Add(this, slot.Remove(item, channel) ? -1 : 0);
        }
    }

    /// <summary>Forgets what it knows of the placement's sums, and not of its items.</summary>
    public void ClearSums() => _slots.ForEach(slot => Array.Clear(slot.Sums));

    public void Clear()
    {
        while (_slots.Count > 0)
        {
            Drop(0);
        }
    }

    public void Scale(double factor) => _slots.ForEach(slot => slot.Scale(factor));

    /// <summary>What it knows of the placement's sums, for a store.</summary>
    public void Save(StoredOutcomes to)
    {
        foreach (YoungSlot slot in _slots)
        {
            Save(slot, slot.Sums[PlacementLayout.Products], to);
        }
    }

    /// <summary>What it knows of an item, for a store.</summary>
    public void Save(LearnedItem item, int channel, StoredOutcomes to)
    {
        foreach (YoungSlot slot in _slots)
        {
            Save(slot, slot.Items.GetValueOrDefault((item, channel)), to);
        }
    }

    private static void Save(YoungSlot slot, double shown, StoredOutcomes to)
    {
        if (shown > 0)
        {
            to.YoungMinutes.Add(slot.Start + ((slot.End - slot.Start) / 2));
            to.Young.Add((float)shown);
        }
    }

    // Of what is not here any more nothing is to be taken back.
    private YoungSlot? Find(int minute, double shown)
    {
        (int low, int high) = (0, _slots.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _slots[middle].End <= minute ? (middle + 1, high) : (low, middle);
        }

        if (low < _slots.Count && _slots[low].Start <= minute)
        {
            return _slots[low];
        }

        if (!(shown > 0) || minute is < 0 or int.MaxValue)
        {
            return null;
        }

        _slots.Insert(low, new YoungSlot(minute, minute + 1));
        return _slots[low];
    }

    private void Drop(int slot)
    {
        int rows = _slots[slot].Items.Count;
        _slots.RemoveAt(slot);
        room.Add(this, -rows);
    }

    private DelayCurve Delays(double now, ReadOnlySpan<double> sums)
    {
        Span<double> exposed = stackalloc double[OutcomeDelays.Count];
        double all = Math.Max(sums[PlacementLayout.Products], double.Epsilon);
        for (int k = 0; k < exposed.Length; k++)
        {
            double tooYoung = 0;
            foreach (YoungSlot slot in _slots)
            {
                double length = OutcomeDelays.End(k) - OutcomeDelays.Start(k);
                tooYoung += slot.Sums[PlacementLayout.Products] * Math.Clamp((OutcomeDelays.End(k) - slot.Age(now)) / length, 0, 1);
            }

            exposed[k] = k == 0 ? 1 : 1 - (tooYoung / all);
        }

        return DelayCurve.Of(sums[PlacementLayout.Delays..], exposed);
    }

    /// <summary>Counts rows of all placements of a tenant. One caller at a time.</summary>
    internal sealed class Room
    {
        private readonly Dictionary<YoungPicks, int> _placements = [];

        public int Rows { get; private set; }

        /// <summary>Takes note of rows that came or went; past the bound the placement that has most gives up its oldest.</summary>
        public void Add(YoungPicks placement, int rows)
        {
            Rows += rows;
            if ((CollectionsMarshal.GetValueRefOrAddDefault(_placements, placement, out _) += rows) == 0)
            {
                _placements.Remove(placement);
            }

            while (Rows > MostRows)
            {
                (YoungPicks greatest, int most) = (placement, 0);
                foreach ((YoungPicks other, int has) in _placements)
                {
                    (greatest, most) = has > most ? (other, has) : (greatest, most);
                }

                greatest.Drop(0);
            }
        }
    }
}
