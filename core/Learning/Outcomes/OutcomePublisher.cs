using System.Collections.Frozen;
using Footprint.Grid.Core.Catalog;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// Makes what decisions read of outcomes. A placement's own sums are looked at when they change; the effects of items that
/// changed with them, those of items whose turn it is since they were shown lately, and those of all items whenever the placement's picks grew by a tenth and
/// after an hour: of both so many at each call, of one placement after the other, of all items first for how far items differ, then for what follows from that.
/// </summary>
internal sealed class OutcomePublisher
{
    private const double Growth = 1.1;

    /// <summary>After which what was shown lately is counted anew though nothing changed.</summary>
    public const long RefreshMs = 3_600_000;

    /// <summary>Items that one call looks at beside those that changed, of all placements together.</summary>
    public const int AtOnce = 8192;

    private readonly Dictionary<PlacementModel, Round> _rounds = [];
    private bool _isNew;

    // Which placement is the first of the next call.
    private int _first;
    private FrozenDictionary<string, PlacementKnowledge> _latest = FrozenDictionary<string, PlacementKnowledge>.Empty;

    /// <summary>How often an item was looked at so far.</summary>
    public long Looked { get; private set; }

    /// <param name="models">All placements.</param>
    /// <param name="items">Items with outcomes, each with its slot or -1.</param>
    /// <param name="changed">Those of them that changed.</param>
    /// <param name="hasFound">Whether some have got their slot.</param>
    /// <param name="nowMs">When.</param>
    /// <param name="decay">What sums are multiplied by to be those of now.</param>
    /// <param name="most">How many of all items it looks at; those that changed, and <see cref="PlacementModel.Aged"/>, come on top.</param>
    public FrozenDictionary<string, PlacementKnowledge> Publish(
        IReadOnlyList<PlacementModel> models, List<LearnedItem> items, List<LearnedItem> changed, bool hasFound, long nowMs, double decay, int most)
    {
        bool isNew = _isNew;
        _isNew = false;
        int first = _first;
        for (int i = 0; i < models.Count; i++)
        {
            PlacementModel model = models[(first + i) % models.Count];
            if (!_rounds.TryGetValue(model, out Round? round))
            {
                _rounds.Add(model, round = new Round());
            }

            double current = model.Sums[PlacementLayout.Products] * decay;
            bool begins = current > round.Picks * Growth || (nowMs - round.TimeMs >= RefreshMs && !round.IsUnderWay);
            if (begins)
            {
                round.Begin(current, nowMs, items.Count);
            }

            round.Bound(items.Count);
            if (!begins && !model.IsTouched && !hasFound && model.Aged.Count == 0 && !(round.IsUnderWay && most > 0))
            {
                continue;
            }

            model.Young.Count(nowMs, model.Sums, decay);
            bool mayLook = most > 0;
            model.Latest = Publish(model, round, items, changed, decay, ref most);
            model.IsTouched = false;
            isNew = true;
            if (mayLook && most == 0)
            {
                _first = (first + i + 1) % models.Count;
            }
        }

        return isNew ? _latest = models.ToFrozenDictionary(m => m.Placement, m => m.Latest, StringComparer.Ordinal) : _latest;
    }

    /// <summary>Says no more of those.</summary>
    public void Forget(IEnumerable<PlacementModel> models)
    {
        foreach (PlacementModel model in models)
        {
            _rounds.Remove(model);
        }

        _isNew = true;
    }

    private PlacementKnowledge Publish(PlacementModel model, Round round, List<LearnedItem> items, List<LearnedItem> changed, double decay, ref int most)
    {
        var fit = PlacementFit.Of(model.Young.Counted, decay);
        var effects = new ItemEffects(model, fit);
        double spread = round.Spread ?? effects.Spread;
        if (round.ToLookAt > 0)
        {
            round.Effects ??= effects;
            for (; most > 0 && round.ToLookAt > 0; most--, round.ToLookAt--)
            {
                round.Effects.LookAt(round.Next(items), decay);
                Looked++;
            }

            if (round.ToLookAt == 0)
            {
                spread = round.Effects.Spread;
                (round.Spread, round.Effects) = (spread, null);
            }
        }
        else if (round.Spread is null)
        {
            round.Spread = spread;
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

        foreach (LearnedItem item in changed)
        {
            Set(item);
        }

        foreach (LearnedItem item in model.Aged)
        {
            Set(item);
        }

        model.Aged.Clear();

        for (; most > 0 && round.ToLookAt == 0 && round.ToSet > 0; most--, round.ToSet--)
        {
            // Who went was set with those that changed, and somebody may be in its place already.
            LearnedItem item = round.Next(items);
            if (!item.IsGone)
            {
                Set(item);
            }
        }

        model.Judged.Judge(model.Young.Counted, decay);
        return new PlacementKnowledge(fit, Calibration.Of(model.Young.Counted, decay, model.Judged), spread, [.. builders.Select(b => b?.Build())]);

        void Set(LearnedItem item)
        {
            Looked++;
            if (item.Slot >= 0 && item.Outcomes!.Has(model))
            {
                effects.Set(item, decay, spread, item.Slot, builders);
            }
            else if (item.Slot >= 0)
            {
                Unset(item.Slot, builders);
            }
        }
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

    // A placement's look at all items.
    private sealed class Round
    {
        private int _hand;

        public double Picks { get; private set; } = -1;

        public long TimeMs { get; private set; }

        public int ToLookAt { get; set; }

        public int ToSet { get; set; }

        // What was looked at in this round.
        public ItemEffects? Effects { get; set; }

        // What the last whole look gave.
        public double? Spread { get; set; }

        public bool IsUnderWay => ToLookAt + ToSet > 0;

        public void Begin(double picks, long nowMs, int items)
        {
            (Picks, TimeMs, ToLookAt, ToSet, Effects) = (picks, nowMs, items, items, null);
            Spread = items == 0 ? null : Spread;
        }

        // Items may have gone meanwhile.
        public void Bound(int items) => (ToLookAt, ToSet) = (Math.Min(ToLookAt, items), Math.Min(ToSet, items));

        public LearnedItem Next(List<LearnedItem> items)
        {
            _hand = _hand + 1 < items.Count ? _hand + 1 : 0;
            return items[_hand];
        }
    }
}
