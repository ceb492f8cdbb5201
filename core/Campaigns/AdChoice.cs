using Footprint.Grid.V1;
using Refusal = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// The best eligible ads so far, one of each competitive group at most. Since a group has one place, the better of two takes
/// the other's, so the order in which ads are considered makes no difference: the result is that of going through all of
/// them best first and passing over those whose group is there already.
/// </summary>
internal ref struct AdChoice
{
    private const int MaxCount = 100;

    private readonly AdAudience _audience;
    private readonly AdScore _score;
    private readonly TargetAdsRequest _request;
    private readonly TargetAdsResponse _response;
    private readonly (Ad Ad, AdValue Value)[] _best;
    private readonly List<Ad>? _eligible;
    private int _count;

    public AdChoice(in AdAudience audience, TargetAdsRequest request, TargetAdsResponse response)
    {
        _audience = audience with { Context = request.Context };
        _score = new AdScore(_audience);
        _request = request;
        _response = response;
        _best = new (Ad, AdValue)[request.Count == 0 ? 1 : Math.Clamp(request.Count, 1, MaxCount)];
        _eligible = request.Explain ? [] : null;
    }

    public void Consider(in Ad ad)
    {
        Refusal.Types.Cause cause = CampaignRules.Check(ad, _audience, _request.Placement);
        if (cause == Refusal.Types.Cause.Unspecified)
        {
            _eligible?.Add(ad);
            Insert(ad, _score.Of(ad, null));
        }
        else if (_request.Explain)
        {
            Refuse(ad, cause == Refusal.Types.Cause.Targeting && AdConsent.IsWithheld(ad.Targeting, _audience.Allowed)
                ? Refusal.Types.Cause.NoConsent : cause);
        }
    }

    public readonly void Answer()
    {
        for (int i = 0; i < _count; i++)
        {
            ref readonly Ad ad = ref _best[i].Ad;
            var pick = new AdPick { Bid = ad.Bid };
            if (ad.IsCampaign)
            {
                pick.CampaignId = ad.Id;
            }
            else
            {
                pick.LineItemId = ad.Id;
            }

            AdValue value = _score.Of(ad, pick.Reasons);
            pick.Score = value.Score;
            pick.PredictedResponse = value.Response;
            pick.MatchPercent = _score.MatchPercent(value);
            _response.Picks.Add(pick);
        }

        if (_eligible is not null)
        {
            RefuseTheRest(_eligible);
        }
    }

    private readonly void RefuseTheRest(List<Ad> eligible)
    {
        var said = new HashSet<(bool, string)>();
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach ((Ad ad, _) in _best.AsSpan(0, _count))
        {
            said.Add((ad.IsCampaign, ad.Id));
            groups.Add(ad.Group);
        }

        foreach (Ad ad in eligible)
        {
            if (said.Add((ad.IsCampaign, ad.Id)))
            {
                Refuse(ad, ad.Group.Length > 0 && groups.Contains(ad.Group) ? Refusal.Types.Cause.Separation : Refusal.Types.Cause.Outbid);
            }
        }
    }

    private readonly void Refuse(in Ad ad, Refusal.Types.Cause cause) => _response.Refusals.Add(new Refusal
    {
        CampaignId = ad.IsCampaign ? ad.Id : "",
        LineItemId = ad.IsCampaign ? "" : ad.Id,
        Cause = cause,
    });

    private void Insert(in Ad ad, in AdValue value)
    {
        int at = _count;
        while (at > 0)
        {
            int order = Compare(ad, value, _best[at - 1].Ad, _best[at - 1].Value);
            if (order == 0)
            {
                // The same candidate named twice.
                return;
            }

            if (order > 0)
            {
                break;
            }

            at--;
        }

        int rival = Rival(ad);
        if (at == _best.Length || (rival >= 0 && rival < at))
        {
            return;
        }

        // What goes: the rival, else the last when all places are taken.
        _count += rival < 0 && _count < _best.Length ? 1 : 0;
        int gone = rival >= 0 ? rival : _count - 1;
        Array.Copy(_best, at, _best, at + 1, gone - at);
        _best[at] = (ad, value);
    }

    private readonly int Rival(in Ad ad)
    {
        for (int i = 0; ad.Group.Length > 0 && i < _count; i++)
        {
            if (_best[i].Ad.Group == ad.Group)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Compare(in Ad a, in AdValue valueA, in Ad b, in AdValue valueB)
    {
        int order = b.Priority.CompareTo(a.Priority);
        order = order != 0 ? order : valueB.Score.CompareTo(valueA.Score);
        order = order != 0 ? order : valueB.Response.CompareTo(valueA.Response);
        order = order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
        return order != 0 ? order : b.IsCampaign.CompareTo(a.IsCampaign);
    }
}
