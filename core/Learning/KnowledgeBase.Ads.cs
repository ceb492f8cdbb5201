using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Learning;

/// <summary>What outcomes teach about campaigns.</summary>
public sealed partial class KnowledgeBase
{
    private readonly List<LearnedItem> _ads = [];
    private readonly List<LearnedItem> _touchedAds = [];
    private AdRates _adRates = AdRates.Empty;

    // Null as long as nobody said.
    private CampaignSet? _campaigns;

    // When all were last counted anew, and how often one was.
    private long _adsMs;
    private long _adsLooked;

    // Those that changed, and all of them after a while: what was shown counts more as time goes by, also where nothing is shown any more.
    private void PublishAds(long nowMs)
    {
        bool areDue = _ads.Count > 0 && (nowMs - _adsMs >= OutcomePublisher.RefreshMs || (_touchedAds.Count > 0 && _adRates.IsWorn));
        if (!areDue && _touchedAds.Count == 0)
        {
            return;
        }

        double decay = _outcomeDecay.At(nowMs);
        foreach (PlacementModel model in _placements.Values.Where(p => (p.IsTouched || areDue) && AdKey.Is(p.Placement)))
        {
            model.Young.Count(nowMs, model.Sums, decay);
            model.IsTouched = false;
        }

        if (areDue)
        {
            _adsMs = nowMs;
            _ads.RemoveAll(ad => IsOver(ad, decay));
        }

        _adsLooked += areDue ? _ads.Count : _touchedAds.Count;
        _adRates = areDue ? AdRates.Of(_ads, decay) : _adRates.With(_touchedAds, decay);
        _touchedAds.Clear();
    }

    // Whether it is let go of: there is no such campaign any more, or there never was, and it has faded.
    private bool IsOver(LearnedItem ad, double decay)
    {
        if (_campaigns is null || _campaigns.Find(AdKey.Id(ad.Id)) is not null || ad.Outcomes!.Shown * decay >= Faded)
        {
            return false;
        }

        _numbers.Remove(ad.Id, out int number);
        _total -= ad.Count;
        ad.IsGone = true;
        _room.Release(_items, number);
        return true;
    }
}
