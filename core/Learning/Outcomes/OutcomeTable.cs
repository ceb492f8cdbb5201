using System.Runtime.InteropServices;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// Sums of what was shown and liked, on their way to everybody: whole numbers, by item or placement, and what was shown by the
/// minute. One caller at a time.
/// </summary>
internal sealed class OutcomeTable
{
    private readonly Dictionary<(string Key, int Era, int Minute), List<Row>> _rows = [];
    private readonly PlacementKeys _keys = new();

    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Rows of items and placements.</summary>
    public int Size { get; private set; }

    public void AddItem(in PickObservation o)
    {
        if (o.IsShown)
        {
            AddItem(AsShown(o), YoungPicks.Minute(o.TimeMs));
        }

        if (HasOutcome(o))
        {
            AddItem(o with { IsShown = false }, 0);
        }
    }

    public void AddPlacement(in PickObservation o)
    {
        if (o.IsShown)
        {
            AddPlacement(AsShown(o), YoungPicks.Minute(o.TimeMs));
        }

        if (HasOutcome(o))
        {
            AddPlacement(o with { IsShown = false }, 0);
        }
    }

    private static PickObservation AsShown(in PickObservation o) => o with { Liked = 0, Worth = 0, Reward = 0 };

    private static bool HasOutcome(in PickObservation o) => o.Liked != 0 || o.Worth != 0 || o.Reward != 0;

    private void AddItem(in PickObservation o, int minute)
    {
        int era = EraDecay.OfOutcomes.Era(o.TimeMs);
        double units = Units(o, era);
        ItemLayout.Add(Find(o.ItemId, era, minute, o.Placement, (uint)PickFeatures.Channel(o.Features), ItemLayout.Count).Sums, o, units);
        for (int segments = PickFeatures.Segments(o.Features), i = 0; segments >> i != 0; i++)
        {
            if (((segments >> i) & 1) != 0)
            {
                ItemLayout.Add(Find(o.ItemId, era, minute, o.Placement, (uint)ItemOutcomes.OfSegment(i), ItemLayout.Count).Sums, o, units);
            }
        }
    }

    private void AddPlacement(in PickObservation o, int minute)
    {
        int era = EraDecay.OfOutcomes.Era(o.TimeMs);
        Row row = Find(_keys.Of(o.Placement), era, minute, o.Placement, 0, PlacementLayout.Count);
        if (AdKey.Is(o.ItemId))
        {
            PlacementLayout.AddAd(row.Sums, o, Units(o, era));
        }
        else
        {
            PlacementLayout.Add(row.Sums, o, Units(o, era));
        }
    }

    /// <summary>Adds what a delta says of an item or a placement.</summary>
    public void Add(ItemDelta delta)
    {
        foreach (OutcomeSums from in delta.Outcomes)
        {
            Row to = Find(delta.ItemId, delta.OutcomeEra, delta.ShownMinute, from.Placement, from.Channel, PlacementKey.Is(delta.ItemId) ? PlacementLayout.Count : ItemLayout.Count);
            for (int i = 0; i < Math.Min(from.Sums.Count, to.Sums.Length); i++)
            {
                to.Sums[i] += from.Sums[i];
            }
        }
    }

    /// <summary>Moves about so many counts into deltas.</summary>
    public void Take(ICollection<ItemDelta> into, int most)
    {
        var taken = new List<(string, int, int)>();
        foreach (((string key, int era, int minute), List<Row> rows) in _rows)
        {
            if (most <= 0)
            {
                break;
            }

            var delta = new ItemDelta { ItemId = key, OutcomeEra = era, ShownMinute = minute };
            foreach (Row row in rows)
            {
                delta.Outcomes.Add(new OutcomeSums { Placement = row.Placement, Channel = row.Channel, Sums = { row.Sums } });
                most -= row.Sums.Length / 4;
            }

            into.Add(delta);
            taken.Add((key, era, minute));
            Size -= rows.Count;
        }

        taken.ForEach(k => _rows.Remove(k));
    }

    private static double Units(in PickObservation o, int era) =>
        EraDecay.OfOutcomes.GrowthInEra(o.TimeMs, era) / (o.IsTakenBack ? -EraDecay.Unit : EraDecay.Unit);

    private Row Find(string key, int era, int minute, string placement, uint channel, int count)
    {
        ref List<Row>? rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, (key, era, minute), out _);
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
