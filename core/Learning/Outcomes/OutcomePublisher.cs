using System.Collections.Frozen;
using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// Makes what decisions read of outcomes. A placement's own sums are looked at when they change; the effects of items that
/// changed with them or that were shown lately, and those of all items whenever the placement's picks grew by a tenth, after an hour, and when
/// the catalog has new ids.
/// </summary>
internal sealed class OutcomePublisher
{
    private const double Growth = 1.1;
    private const long RefreshMs = 3_600_000;

    private readonly Dictionary<PlacementModel, (double Picks, long TimeMs, int Ids)> _whole = [];
    private bool _isNew;
    private FrozenDictionary<string, PlacementKnowledge> _latest = FrozenDictionary<string, PlacementKnowledge>.Empty;

    /// <param name="models">All placements.</param>
    /// <param name="items">Items with outcomes, each with its slot or -1.</param>
    /// <param name="changed">Those of them that changed.</param>
    /// <param name="catalog">Whose slots are meant.</param>
    /// <param name="nowMs">When.</param>
    /// <param name="decay">What sums are multiplied by to be those of now.</param>
    public FrozenDictionary<string, PlacementKnowledge> Publish(
        IReadOnlyCollection<PlacementModel> models, List<LearnedItem> items, List<LearnedItem> changed, CatalogSnapshot catalog, long nowMs, double decay)
    {
        bool isNew = _isNew;
        _isNew = false;
        foreach (PlacementModel model in models)
        {
            (double picks, long timeMs, int ids) = _whole.GetValueOrDefault(model, (-1, 0, 0));
            double current = model.Sums[PlacementLayout.Products] * decay;
            bool isWhole = current > picks * Growth || nowMs - timeMs >= RefreshMs || catalog.Ids.Count != ids;
            if (!model.IsTouched && !isWhole)
            {
                continue;
            }

            model.Young.Count(nowMs, model.Sums, decay);
            model.Latest = Publish(model, isWhole ? items : [.. changed, .. model.Young.Items.Where(i => !i.IsTouched && !i.IsGone)], isWhole, decay);
            model.IsTouched = false;
            isNew = true;
            if (isWhole)
            {
                _whole[model] = (current, nowMs, catalog.Ids.Count);
            }
        }

        return isNew ? _latest = models.ToFrozenDictionary(m => m.Placement, m => m.Latest, StringComparer.Ordinal) : _latest;
    }

    /// <summary>Says no more of those.</summary>
    public void Forget(IEnumerable<PlacementModel> models)
    {
        foreach (PlacementModel model in models)
        {
            _whole.Remove(model);
        }

        _isNew = true;
    }

    private static PlacementKnowledge Publish(PlacementModel model, List<LearnedItem> items, bool isWhole, double decay)
    {
        var fit = PlacementFit.Of(model.Young.Counted, decay);
        var effects = new ItemEffects(model, fit);
        double spread = model.Latest.ItemSpread;
        if (isWhole)
        {
            items.ForEach(i => effects.LookAt(i, decay));
            spread = effects.Spread;
        }

        var builders = new ChunkedArray<ItemEffect>.Builder?[PlacementKnowledge.Places];
        for (int channel = 0; channel < PlacementKnowledge.Channels; channel++)
        {
            if (channel == 0 || (model.Places & PlacementKnowledge.Bit(channel)) != 0)
            {
                builders[channel] = model.Latest.Effects(channel).ToBuilder();
            }
        }

        for (int segment = 0; segment < PickFeatures.MostSegments; segment++)
        {
            if ((model.Places & PlacementKnowledge.Bit(ItemOutcomes.OfSegment(segment))) != 0)
            {
                int inside = PlacementKnowledge.Channels + segment;
                builders[inside] = (model.Latest.Departures(segment, isIn: true) ?? new ChunkedArray<ItemEffect>()).ToBuilder();
                builders[inside + PickFeatures.MostSegments] = (model.Latest.Departures(segment, isIn: false) ?? new ChunkedArray<ItemEffect>()).ToBuilder();
            }
        }

        foreach (LearnedItem item in items)
        {
            if (item.Slot >= 0 && item.Outcomes!.Has(model))
            {
                effects.Set(item, decay, spread, item.Slot, builders);
            }
            else if (item.Slot >= 0)
            {
                Unset(item.Slot, builders);
            }
        }

        return new PlacementKnowledge(fit, Calibration.Of(model.Young.Counted, decay), spread, [.. builders.Select(b => b?.Build())]);
    }

    // What is known of an item no more.
    private static void Unset(int slot, ChunkedArray<ItemEffect>.Builder?[] effects)
    {
        foreach (ChunkedArray<ItemEffect>.Builder? builder in effects)
        {
            if (builder is not null && builder[slot] != default)
            {
                builder[slot] = default;
            }
        }
    }
}
