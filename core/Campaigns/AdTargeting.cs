using Footprint.Grid.Core.Conditions;
using Footprint.Grid.V1;
using Refusal = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// Chooses the campaigns and line items for a slot: eligible ones by <see cref="AdScore"/>, highest first, equal ones by
/// id (ordinal) and a campaign before a line item of the same id. Depends on nothing but its arguments.
/// </summary>
public static class AdTargeting
{
    private const int MaxCount = 100;

    /// <summary>
    /// Adds the picks, best first, and with <c>explain</c> the refusals to the response; sets nothing else in it. The
    /// request was validated. A pick's contributions add up to its score exactly, in their order.
    /// </summary>
    public static void Target(in AdAudience audience, CampaignSet campaigns, TargetAdsRequest request, TargetAdsResponse response)
    {
        var choice = new Choice(audience, request, response);

        // 1. Gather the candidates and keep the best eligible ones, without a word of why.
        if (request.Campaigns.Count == 0 && request.LineItems.Count == 0)
        {
            foreach (ref readonly Ad ad in campaigns.Ads)
            {
                choice.Consider(ad);
            }
        }

        for (int i = 0; i < request.Campaigns.Count; i++)
        {
            int at = campaigns.IndexOf(request.Campaigns[i]);
            if (at >= 0)
            {
                choice.Consider(campaigns.Ads[at]);
            }
            else if (request.Explain)
            {
                response.Refusals.Add(new Refusal { CampaignId = request.Campaigns[i], Cause = Refusal.Types.Cause.Unknown });
            }
        }

        for (int i = 0; i < request.LineItems.Count; i++)
        {
            LineItem lineItem = request.LineItems[i];
            Condition? condition = lineItem.Targeting is null ? Condition.Always : ConditionCache.Shared.Find(lineItem.Targeting);
            choice.Consider(new Ad(lineItem, condition ?? Condition.Never));
        }

        // 2. Give the reasons of those few.
        choice.Answer();
    }

    private ref struct Choice
    {
        private readonly AdAudience _audience;
        private readonly AdScore _score;
        private readonly TargetAdsRequest _request;
        private readonly TargetAdsResponse _response;
        private readonly (Ad Ad, double Score)[] _best;
        private int _count;

        public Choice(in AdAudience audience, TargetAdsRequest request, TargetAdsResponse response)
        {
            _audience = audience;
            _score = new AdScore(audience.Affinity, request.Context);
            _request = request;
            _response = response;
            _best = new (Ad, double)[request.Count == 0 ? 1 : Math.Clamp(request.Count, 1, MaxCount)];
        }

        public void Consider(in Ad ad)
        {
            Refusal.Types.Cause cause = CampaignRules.Check(ad, _audience, _request.Placement);
            if (cause == Refusal.Types.Cause.Unspecified)
            {
                Insert(ad, _score.Of(ad, null, out _));
            }
            else if (_request.Explain)
            {
                var refusal = new Refusal { Cause = cause };
                if (ad.IsCampaign)
                {
                    refusal.CampaignId = ad.Id;
                }
                else
                {
                    refusal.LineItemId = ad.Id;
                }

                _response.Refusals.Add(refusal);
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

                pick.Score = _score.Of(ad, pick.Reasons, out double withoutBid);
                pick.MatchPercent = AdScore.MatchPercent(withoutBid);
                _response.Picks.Add(pick);
            }
        }

        private void Insert(in Ad ad, double score)
        {
            int at = _count;
            while (at > 0)
            {
                int order = Compare(ad, score, _best[at - 1].Ad, _best[at - 1].Score);
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

            if (at == _best.Length)
            {
                return;
            }

            _count = Math.Min(_count + 1, _best.Length);
            Array.Copy(_best, at, _best, at + 1, _count - at - 1);
            _best[at] = (ad, score);
        }

        private static int Compare(in Ad a, double scoreA, in Ad b, double scoreB)
        {
            if (scoreA != scoreB)
            {
                return scoreA > scoreB ? -1 : 1;
            }

            int byId = string.CompareOrdinal(a.Id, b.Id);
            return byId != 0 ? byId : b.IsCampaign.CompareTo(a.IsCampaign);
        }
    }
}
