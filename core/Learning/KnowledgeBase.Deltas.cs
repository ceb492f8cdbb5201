using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Knowledge that many processes gather: each entry of a shard's log is one source's delta, and an item remembers the last
/// entry that it holds, so an entry that comes again changes nothing in it; counts of clients are stored with the number
/// of the last entry that they hold.
/// </summary>
public sealed partial class KnowledgeBase
{
    /// <summary>Items that anything is known about.</summary>
    public int Count => _numbers.Count;

    /// <summary>What entries and stores call a placement among the items.</summary>
    public static string KeyOfPlacement(string placement) => PlacementKey.Of(placement);

    /// <summary>Adds an entry to the items that do not hold it. One caller at a time, never together with <see cref="Publish"/>.</summary>
    /// <param name="delta">Its entry.</param>
    /// <param name="entry">The entry's number in the log of its shard, from 1 on, in rising order for each shard.</param>
    public void Apply(KnowledgeDelta delta, ulong entry)
    {
        _decay.Growth(delta.TimeMs);
        _counts.Add(delta);
        SettleYoung(delta.TimeMs);
        foreach (ItemDelta row in delta.Items)
        {
            if (PlacementKey.Is(row.ItemId))
            {
                if (Placement(PlacementKey.Placement(row.ItemId), Brings(row)) is { } model && model.Through < entry)
                {
                    AddOutcomes(row);
                }
            }
            else if (Touch(row.ItemId, Brings(row)) is { } item && item.Through < entry)
            {
                AddOutcomes(row);
                double unit = _decay.Growth(EraDecay.OfItems.EraStart(row.Era)) * EraDecay.Unit;
                CountAct(item, row.Count * unit);
                for (int i = 0; i < row.Neighbours.Count; i++)
                {
                    AddNeighbour(item, row.Neighbours[i], (float)(row.Weights[i] * unit));
                }
            }
        }

        // Afterwards, since an item has a row for each era.
        foreach (ItemDelta row in delta.Items)
        {
            if (PlacementKey.Is(row.ItemId))
            {
                if (_placements.TryGetValue(PlacementKey.Placement(row.ItemId), out PlacementModel? model))
                {
                    model.Through = Math.Max(model.Through, entry);
                }
            }
            else if (_numbers.TryGetValue(row.ItemId, out int number))
            {
                _items[number].Through = Math.Max(_items[number].Through, entry);
            }
        }
    }

    /// <summary>The counts of a shard as they are stored, in place of what is here; entries since are applied afterwards.</summary>
    /// <param name="shard">Whose.</param>
    /// <param name="stored">What is stored of it; null for nothing.</param>
    public void LoadCounts(int shard, StoredKnowledgeShard? stored) => _counts.Replace(shard, stored);

    /// <summary>The counts of a shard for a store, into <paramref name="to"/>.</summary>
    public void SaveCounts(int shard, StoredKnowledgeShard to) => _counts.Save(shard, to);

    /// <summary>One item or placement for a store; null when nothing is known about it.</summary>
    public StoredLearnedItem? Save(string itemId)
    {
        if (PlacementKey.Is(itemId))
        {
            if (!_placements.TryGetValue(PlacementKey.Placement(itemId), out PlacementModel? model))
            {
                return null;
            }

            JudgeSettled(model);
            return new StoredLearnedItem
            {
                Through = model.Through,
                ReferenceMs = _decay.ReferenceMs,
                OutcomeReferenceMs = _outcomeDecay.ReferenceMs,
                Outcomes = { Saved(model) },
            };
        }

        if (!_numbers.TryGetValue(itemId, out int number))
        {
            return null;
        }

        LearnedItem item = _items[number];
        var stored = new StoredLearnedItem { Through = item.Through, ReferenceMs = _decay.ReferenceMs, Count = item.Count };
        for (int i = 0; i < item.Neighbours; i++)
        {
            if (_items[item.Number(i)] is { IsGone: false } neighbour)
            {
                stored.Neighbours.Add(neighbour.Id);
                stored.Weights.Add(item.Weight(i));
            }
        }

        if (item.Outcomes is { Count: > 0 } outcomes)
        {
            stored.OutcomeReferenceMs = _outcomeDecay.ReferenceMs;
            outcomes.Save(stored.Outcomes);
        }

        return stored;
    }

    /// <summary>Takes up one item that was saved, unless it holds more than that already.</summary>
    /// <exception cref="CorruptRecordException">Not what <see cref="Save(string)"/> gave.</exception>
    public void Load(string itemId, StoredLearnedItem stored)
    {
        if (itemId.Length == 0 || stored.Neighbours.Count != stored.Weights.Count || stored.Neighbours.Count > LearnedItem.MostStored)
        {
            throw new CorruptRecordException($"The neighbours of item {itemId} are not those of saved knowledge.");
        }

        if (PlacementKey.Is(itemId))
        {
            if (Placement(PlacementKey.Placement(itemId)) is { } model && model.Through <= stored.Through)
            {
                model.Clear();
                model.Through = stored.Through;
                LoadOutcomes(itemId, stored.Outcomes, stored.OutcomeReferenceMs);
            }

            return;
        }

        if (Touch(itemId) is not { } item || item.Through > stored.Through)
        {
            return;
        }

        double growth = _decay.Growth(stored.ReferenceMs);
        _total -= item.Count;
        item.Clear();
        item.Through = stored.Through;
        CountAct(item, stored.Count * growth);
        for (int i = 0; i < stored.Neighbours.Count; i++)
        {
            AddNeighbour(item, stored.Neighbours[i], (float)(stored.Weights[i] * growth));
        }

        // What is stored can wait for what comes.
        item.Settle();
        LoadOutcomes(itemId, stored.Outcomes, stored.OutcomeReferenceMs);
    }

    // Whether it says more than what is to be taken back, of which there may be nothing any more.
    private static bool Brings(ItemDelta row)
    {
        bool brings = row.Count > 0 || row.Neighbours.Count > 0;
        for (int i = 0; i < row.Outcomes.Count && !brings; i++)
        {
            OutcomeSums outcomes = row.Outcomes[i];
            brings = outcomes.Sums is [> 0, ..] || Brings(row.ItemId, [.. outcomes.Sums]);
        }

        return brings;
    }

    private static bool Brings(string key, ReadOnlySpan<double> sums) =>
        PlacementKey.Is(key) ? PlacementLayout.Brings(sums) : ItemLayout.Brings(sums);

    private void AddNeighbour(LearnedItem item, string neighbour, float weight)
    {
        if (neighbour != item.Id && Touch(neighbour) is { } other)
        {
            item.Add(_numbers[other.Id], weight);
        }
    }
}
