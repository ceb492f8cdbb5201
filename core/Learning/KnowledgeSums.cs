using System.Runtime.InteropServices;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// What a process's clients taught, on its way to everybody. Sums of whole numbers: however observations are gathered,
/// split and added, the sums are the same to the last bit. Each observation of weight w at time t counts
/// w * 2^((t - start of its era) / 60 days), in units of 2^-24. One caller at a time.
/// </summary>
public sealed class KnowledgeSums
{
    private readonly Dictionary<(string ItemId, int Era), ItemSums> _items = [];

    private readonly OutcomeTable _outcomes = new();
    private int _counts;

    /// <summary>Counts of items and of pairs, and rows of outcomes.</summary>
    public int Size => _counts + _outcomes.Size;

    /// <summary>Takes out about that many counts as a delta; null when there are none.</summary>
    public KnowledgeDelta? Take(string source, ulong sequence, long nowMs, int most)
    {
        if (_items.Count == 0 && _outcomes.IsEmpty)
        {
            return null;
        }

        var delta = new KnowledgeDelta { Source = source, Sequence = sequence, TimeMs = nowMs };
        foreach (((string itemId, int era), ItemSums sums) in _items)
        {
            if (most <= 0)
            {
                break;
            }

            var row = new ItemDelta { ItemId = itemId, Era = era, Count = sums.Count };
            foreach ((string neighbour, ulong weight) in sums.Neighbours)
            {
                row.Neighbours.Add(neighbour);
                row.Weights.Add(weight);
            }

            delta.Items.Add(row);
            most -= 1 + row.Neighbours.Count;
        }

        foreach (ItemDelta row in delta.Items)
        {
            _items.Remove((row.ItemId, row.Era));
            _counts -= 1 + row.Neighbours.Count;
        }

        _outcomes.Take(delta.Items, most);

        return delta;
    }

    /// <summary>Adds what a delta holds.</summary>
    public void Add(KnowledgeDelta delta)
    {
        foreach (ItemDelta row in delta.Items)
        {
            _outcomes.Add(row);
            if (row.Count == 0 && row.Neighbours.Count == 0)
            {
                continue;
            }

            ItemSums sums = Sums(row.ItemId, row.Era);
            sums.Count += row.Count;
            for (int i = 0; i < row.Neighbours.Count; i++)
            {
                Add(sums, row.Neighbours[i], row.Weights[i]);
            }
        }
    }

    internal void AddItem(in PickObservation pick) => _outcomes.AddItem(pick);

    internal void AddPlacement(in PickObservation pick) => _outcomes.AddPlacement(pick);

    internal void AddCount(string itemId, long timeMs, double weight)
    {
        int era = EraDecay.OfItems.Era(timeMs);
        Sums(itemId, era).Count += Units(timeMs, era, weight);
    }

    internal void AddPair(string itemId, string neighbour, long timeMs, double weight)
    {
        int era = EraDecay.OfItems.Era(timeMs);
        Add(Sums(itemId, era), neighbour, Units(timeMs, era, weight));
    }

    private static ulong Units(long timeMs, int era, double weight) =>
        (ulong)Math.Round(weight * EraDecay.OfItems.GrowthInEra(timeMs, era) / EraDecay.Unit);

    private void Add(ItemSums sums, string neighbour, ulong units)
    {
        ref ulong weight = ref CollectionsMarshal.GetValueRefOrAddDefault(sums.Neighbours, neighbour, out bool exists);
        weight += units;
        _counts += exists ? 0 : 1;
    }

    private ItemSums Sums(string itemId, int era)
    {
        ref ItemSums? sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, (itemId, era), out bool exists);
        _counts += exists ? 0 : 1;
        return sums ??= new ItemSums();
    }

    private sealed class ItemSums
    {
        public ulong Count { get; set; }

        public Dictionary<string, ulong> Neighbours { get; } = new(StringComparer.Ordinal);
    }
}
