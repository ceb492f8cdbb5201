using System.Runtime.InteropServices;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>Sums of what was shown and liked, on their way to everybody: whole numbers, by item or placement. One caller at a time.</summary>
internal sealed class OutcomeTable
{
    private readonly Dictionary<(string Key, int Era), List<Row>> _rows = [];
    private readonly PlacementKeys _keys = new();

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Rows of items and placements.</summary>
    public int Size { get; private set; }

    public void AddItem(in PickObservation o)
    {
        int era = EraDecay.OfOutcomes.Era(o.TimeMs);
        double units = Units(o, era);
        ItemLayout.Add(Find(o.ItemId, era, o.Placement, (uint)PickFeatures.Channel(o.Features), ItemLayout.Count).Sums, o, units);
        for (int segments = PickFeatures.Segments(o.Features), i = 0; segments >> i != 0; i++)
        {
            if (((segments >> i) & 1) != 0)
            {
                ItemLayout.Add(Find(o.ItemId, era, o.Placement, (uint)ItemOutcomes.OfSegment(i), ItemLayout.Count).Sums, o, units);
            }
        }
    }

    public void AddPlacement(in PickObservation o)
    {
        // What content is judged by has no part in ads.
        if (AdKey.Is(o.ItemId))
        {
            return;
        }

        int era = EraDecay.OfOutcomes.Era(o.TimeMs);
        Row row = Find(_keys.Of(o.Placement), era, o.Placement, 0, PlacementLayout.Count);
        PlacementLayout.Add(row.Sums, o, Units(o, era));
    }

    /// <summary>Adds what a delta says of an item or a placement.</summary>
    public void Add(ItemDelta delta)
    {
        foreach (OutcomeSums from in delta.Outcomes)
        {
            Row to = Find(delta.ItemId, delta.OutcomeEra, from.Placement, from.Channel, PlacementKey.Is(delta.ItemId) ? PlacementLayout.Count : ItemLayout.Count);
            for (int i = 0; i < Math.Min(from.Sums.Count, to.Sums.Length); i++)
            {
                to.Sums[i] += from.Sums[i];
            }
        }
    }

    /// <summary>Moves about so many counts into deltas.</summary>
    public void Take(ICollection<ItemDelta> into, int most)
    {
        var taken = new List<(string, int)>();
        foreach (((string key, int era), List<Row> rows) in _rows)
        {
            if (most <= 0)
            {
                break;
            }

            var delta = new ItemDelta { ItemId = key, OutcomeEra = era };
            foreach (Row row in rows)
            {
                delta.Outcomes.Add(new OutcomeSums { Placement = row.Placement, Channel = row.Channel, Sums = { row.Sums } });
                most -= row.Sums.Length / 4;
            }

            into.Add(delta);
            taken.Add((key, era));
            Size -= rows.Count;
        }

        taken.ForEach(k => _rows.Remove(k));
    }

    private static double Units(in PickObservation o, int era) =>
        EraDecay.OfOutcomes.GrowthInEra(o.TimeMs, era) / (o.IsTakenBack ? -EraDecay.Unit : EraDecay.Unit);

    private Row Find(string key, int era, string placement, uint channel, int count)
    {
        ref List<Row>? rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, (key, era), out _);
        rows ??= new List<Row>(1);
        foreach (Row known in rows)
        {
            if (known.Channel == channel && known.Placement == placement)
            {
                return known;
            }
        }

        var row = new Row(placement, channel, new long[count]);
        rows.Add(row);
        Size++;
        return row;
    }

    private sealed record Row(string Placement, uint Channel, long[] Sums);
}
