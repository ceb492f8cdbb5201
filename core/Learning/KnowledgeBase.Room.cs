using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Where there is no more room for items. Whatever ids events name are learned, since the catalog may get them later; so it is
/// those that it does not have, and that are hardly counted any more, that make room for others.
/// </summary>
public sealed partial class KnowledgeBase
{
    // From half an act to more acts than anything has.
    private const int MostRounds = 32;

    private readonly ItemRoom _room;
    private readonly List<LearnedItem> _gone = [];
    private long _refused;

    /// <summary>What is left of one act after a half-life: whatever is counted less is hardly known any more.</summary>
    public const double Faded = 0.5;

    /// <summary>Whether what was saved of an item or a campaign may make room: neither the catalog nor the campaigns have it, and it is no placement's.</summary>
    public static bool MayGo(string itemId, CatalogSnapshot catalog, CampaignSet campaigns) =>
        AdKey.Is(itemId) ? campaigns.Find(AdKey.Id(itemId)) is null : !PlacementKey.Is(itemId) && catalog.Get(itemId) is null;

    /// <summary>How many acts an item that was saved by itself is counted for at that time; of a campaign how often it was shown.</summary>
    public static double CountOf(string itemId, StoredLearnedItem stored, long nowMs) => AdKey.Is(itemId)
        ? stored.Outcomes.Sum(row => row.Sums.FirstOrDefault()) * double.Exp2((stored.OutcomeReferenceMs - nowMs) / EraDecay.OfOutcomes.HalfLifeMs)
        : stored.Count * double.Exp2((stored.ReferenceMs - nowMs) / EraDecay.OfItems.HalfLifeMs);

    /// <summary>Whether room is to be made soon.</summary>
    public bool IsShort => _room.IsShort(_items);

    /// <summary>
    /// Makes room at once, for whoever loads many; <see cref="Publish"/> does it a part at a time. False when there is nothing
    /// to let go of. One caller at a time, never together with <see cref="Publish"/>.
    /// </summary>
    /// <param name="catalog">What it has stays.</param>
    /// <param name="nowMs">When.</param>
    public bool MakeRoom(CatalogSnapshot catalog, long nowMs)
    {
        for (int round = 0; IsShort && round < MostRounds; round++)
        {
            do
            {
                LetGo(catalog, nowMs);
            }
            while (_room.IsAtWork);
        }

        return !IsShort;
    }

    private void LetGo(CatalogSnapshot catalog, long nowMs) =>
        _room.Work(_items, _decay.At(nowMs), item => !AdKey.Is(item.Id) && catalog.Get(item.Id) is null, Forget);

    private void Forget(LearnedItem item)
    {
        item.IsGone = true;
        _numbers.Remove(item.Id);
        _total -= item.Count;
        if (item.Slot >= 0)
        {
            _snapshots.Forget(item.Slot);
        }

        if (item.Outcomes is { } outcomes)
        {
            // It is published once more, as an item that nothing is known of.
            outcomes.Clear();
            _gone.Add(item);
        }
    }
}
