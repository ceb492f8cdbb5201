using System.Collections.Frozen;
using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Placements;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// What outcomes teach about placements and their items. It comes as whole-number sums, from this process as from others,
/// and fades with a half-life of 14 days.
/// </summary>
public sealed partial class KnowledgeBase
{
    /// <summary>Placements that a tenant learns for, each with what counts as liked there, content and ads apart; picks of more are not counted.</summary>
    public const int MaxLearningPlacements = 256;

    private readonly PickBuffer _picks = new();
    private readonly OutcomeTable _outcomes = new();
    private readonly OutcomePublisher _publisher = new();
    private readonly Dictionary<string, PlacementModel> _placements = new(StringComparer.Ordinal);
    private readonly List<LearnedItem> _withOutcomes = [];
    private readonly ForwardDecay _outcomeDecay;
    private PlacementSet? _defined;
    private bool _isFull;
    private long _notTaken;

    /// <summary>Sums of placements that were not taken, since more learn than <see cref="MaxLearningPlacements"/>.</summary>
    public long NotTaken => Interlocked.Read(ref _notTaken);

    /// <summary>
    /// Says which placements and campaigns there are. What was learned of others, deleted or defined otherwise since, fades as all does, and
    /// makes room when that is needed, of campaigns once it has faded. One caller at a time, never together with <see cref="Publish"/>.
    /// </summary>
    public void Define(PlacementSet placements, CampaignSet? campaigns = null)
    {
        _campaigns = campaigns;
        if (!ReferenceEquals(placements, _defined))
        {
            (_defined, _isFull) = (placements, false);
        }
    }

    /// <summary>Takes picks that were shown, or what came of them. Cheap; safe from any thread.</summary>
    public void Observe(ReadOnlySpan<PickObservation> picks) => _picks.Add(picks);

    private void LearnOutcomes()
    {
        _picks.Drain(o =>
        {
            _outcomes.AddItem(o);
            _outcomes.AddPlacement(o);
        });
        if (!_outcomes.IsEmpty)
        {
            var rows = new List<ItemDelta>();
            _outcomes.Take(rows, int.MaxValue);
            rows.ForEach(AddOutcomes);
        }
    }

    private FrozenDictionary<string, PlacementKnowledge> PublishOutcomes(long nowMs)
    {
        var changed = new List<LearnedItem>(_gone);
        foreach (int number in _touched)
        {
            LearnedItem item = _items[number];
            if (item.Outcomes is not null)
            {
                (AdKey.Is(item.Id) ? _touchedAds : changed).Add(item);
            }
        }

        PublishAds(nowMs);
        FrozenDictionary<string, PlacementKnowledge> published = _publisher.Publish(
            [.. _placements.Values.Where(p => !AdKey.Is(p.Placement))],
            _withOutcomes,
            changed,
            _hasFoundOutcomes,
            nowMs,
            _outcomeDecay.At(nowMs),
            OutcomePublisher.AtOnce - Age(nowMs));
        _hasFoundOutcomes = false;
        if (_gone.Count > 0)
        {
            _gone.Clear();
            _withOutcomes.RemoveAll(i => i.IsGone);
        }

        return published;
    }

    private void AddOutcomes(ItemDelta row)
    {
        double unit = _outcomeDecay.Growth(EraDecay.OfOutcomes.EraStart(row.OutcomeEra)) * EraDecay.Unit;
        foreach (OutcomeSums outcomes in row.Outcomes)
        {
            double[] sums = new double[outcomes.Sums.Count];
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = outcomes.Sums[i] * unit;
            }

            Add(row.ItemId, outcomes.Placement, outcomes.Channel, sums, row.ShownMinute == 0 ? [] : [(row.ShownMinute, sums.Length > 0 ? sums[0] : 0)]);
        }
    }

    private void LoadOutcomes(string key, IEnumerable<StoredOutcomes> stored, long referenceMs)
    {
        double growth = 0;
        foreach (StoredOutcomes outcomes in stored)
        {
            growth = growth == 0 ? _outcomeDecay.Growth(referenceMs) : growth;
            if (outcomes.Sums.Any(sum => !double.IsFinite(sum)) || outcomes.Young.Any(shown => !float.IsFinite(shown)))
            {
                throw new CorruptRecordException($"Saved outcomes of {key} are not numbers.");
            }

            double[] sums = new double[outcomes.Sums.Count];
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = outcomes.Sums[i] * growth;
            }

            Add(key, outcomes.Placement, outcomes.Channel, sums, [.. outcomes.YoungMinutes.Zip(outcomes.Young, (minute, shown) => (minute, shown * growth))]);
            if (PlacementKey.Is(key) && _placements.TryGetValue(outcomes.Placement, out PlacementModel? model))
            {
                model.Judged.Load(outcomes, growth);
            }
        }
    }

    // Both kinds of sums begin with how often it was shown, of which in the young minutes as is said.
    private void Add(string key, string placement, uint channel, double[] sums, ReadOnlySpan<(int Minute, double Shown)> young)
    {
        // What was let go of has nothing to be taken back from.
        bool isOfPlacement = PlacementKey.Is(key);
        bool brings = Brings(key, sums);
        if (Placement(placement, brings) is not { } model)
        {
            Interlocked.Add(ref _notTaken, brings && isOfPlacement ? 1 : 0);
            return;
        }

        model.IsTouched = true;
        if (isOfPlacement)
        {
            model.Add(sums);
            foreach ((int minute, double shown) in sums.Length == PlacementLayout.Count && sums[0] != 0 ? young : [])
            {
                model.Young.Add(minute, sums, shown / sums[0]);
            }
        }
        else if (Touch(key, brings) is { } item && (brings || item.Outcomes is not null))
        {
            model.Places |= PlacementKnowledge.Bit((int)Math.Min(channel, byte.MaxValue));
            bool isAd = AdKey.Is(key);
            if (item.Outcomes is null)
            {
                item.Outcomes = new ItemOutcomes();
                (isAd ? _ads : _withOutcomes).Add(item);
            }

            item.Outcomes.Add(model, channel, sums, young);
            if (!isAd && item is { IsYoung: false, Outcomes.IsYoung: true })
            {
                item.IsYoung = true;
                _young.Enqueue(_numbers[key]);
            }

            _hasNewYoung |= item.IsYoung;
        }
    }

    // What is only to be taken back begins nothing.
    private PlacementModel? Placement(string placement, bool begins = true)
    {
        if (!_placements.TryGetValue(placement, out PlacementModel? model) && begins && placement.Length > 0 && (_placements.Count < _mostPlacements || MakeRoom()))
        {
            _placements.Add(placement, model = new PlacementModel(placement));
        }

        return model;
    }

    private bool MakeRoom()
    {
        if (_isFull || _defined is null)
        {
            return false;
        }

        HashSet<string> defined = new(_defined.Keys, StringComparer.Ordinal);
        HashSet<PlacementModel> gone = [.. _placements.Values.Where(m => !defined.Contains(AdKey.Is(m.Placement) ? AdKey.Id(m.Placement) : m.Placement))];
        foreach (PlacementModel model in gone)
        {
            _placements.Remove(model.Placement);
            model.Young.Clear();
        }

        _withOutcomes.ForEach(i => i.Outcomes!.Remove(gone));
        _ads.ForEach(i => i.Outcomes!.Remove(gone));
        _publisher.Forget(gone);
        _isFull = gone.Count == 0;
        return !_isFull;
    }

    private void ScaleOutcomes(double factor)
    {
        _withOutcomes.ForEach(i => i.Outcomes!.Scale(factor));
        _ads.ForEach(i => i.Outcomes!.Scale(factor));
        foreach (PlacementModel model in _placements.Values)
        {
            model.Scale(factor);
        }
    }
}
