using System.Runtime.InteropServices;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>What was shown at a placement from one minute to another.</summary>
internal sealed class YoungSlot(int start, int end)
{
    private readonly Dictionary<(LearnedItem Item, int Channel), float> _items = [];

    /// <summary>In minutes since the epoch.</summary>
    public int Start { get; } = start;

    /// <summary>Likewise, just past it.</summary>
    public int End { get; } = end;

    /// <summary>The part of the placement's sums; the first is the number of picks.</summary>
    public double[] Sums { get; } = new double[PlacementLayout.Count];

    public IReadOnlyDictionary<(LearnedItem Item, int Channel), float> Items => _items;

    public double Age(double minute) => Math.Max(0, minute - ((Start + End) / 2.0));

    /// <summary>Whether the row is new.</summary>
    public bool Add(LearnedItem item, int channel, double shown)
    {
        ref float known = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, (item, channel), out bool exists);
        known += (float)shown;
        return !exists;
    }

    public bool Remove(LearnedItem item, int channel) => _items.Remove((item, channel));

    /// <summary>Adds another; says how many rows are not new.</summary>
    public int Add(YoungSlot other)
    {
        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] += other.Sums[i];
        }

        int met = 0;
        foreach (((LearnedItem item, int channel), float shown) in other._items)
        {
            met += Add(item, channel, shown) ? 0 : 1;
        }

        return met;
    }

    public void Scale(double factor)
    {
        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] *= factor;
        }

        foreach ((LearnedItem, int) key in _items.Keys)
        {
            CollectionsMarshal.GetValueRefOrNullRef(_items, key) *= (float)factor;
        }
    }
}
