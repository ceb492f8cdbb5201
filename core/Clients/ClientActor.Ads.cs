using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>What ads teach: as picks of content do, with the same consents, by campaign, placement and channel.</summary>
public sealed partial class ClientActor
{
    private static readonly float[] _noTerms = new float[PickFeatures.OfItem];

    // Null where the placement does not learn.
    private static AdLearning? LearningOf(in Turn turn, Placement? rules, Context? context) =>
        rules is not null && turn.Definitions.Placements.KeyOf(rules.PlacementId) is { } key
            ? new AdLearning(
                turn.Knowledge.Ads,
                key,
                (int)(context?.Channel ?? default),
                rules.Learning == Placement.Types.Learning.Explore ? turn.Seed : null)
            : null;

    // Line items are the ad server's: they come and go with its requests.
    private void Remember(in Turn turn, in AdAudience audience, TargetAdsRequest request, TargetAdsResponse response)
    {
        DataCategories used = DataCategories.Behaviour | audience.Allowed;
        if (audience.Learning is not { } learning || Key.ClientId.Length == 0 || !Allowed(turn, Purposes.Analytics, "", request.Context).Permits(used))
        {
            return;
        }

        ulong decision = XxHash64.Hash(response.DecisionId);
        var score = new AdScore(audience with { Context = request.Context });
        var shown = new List<PickObservation>(response.Picks.Count);
        for (int i = 0; i < response.Picks.Count; i++)
        {
            string id = response.Picks[i].CampaignId;
            if (id.Length == 0 || turn.Definitions.Campaigns.IndexOf(id) is not (>= 0 and var at))
            {
                continue;
            }

            float stated = (float)score.Of(turn.Definitions.Campaigns.Ads[at], null).Stated;
            var pick = new ShownPicks.Entry
            {
                DecisionHash = decision,
                ItemId = id,
                IsAd = true,
                Key = learning.Placement,
                TimeMs = turn.NowMs,
                Features = PickFeatures.Pack(_noTerms, i, turn.NowMs, learning.Channel, isPersonal: true),
                Predicted = stated,
                Stated = stated,
                Categories = used,
            };
            Profile.ShownPicks.Add(pick);
            _hasUnsaved = true;
            shown.Add(Observed(pick, isShown: true, 0, 0, 0));
        }

        turn.Learning.Observe(Key.Tenant, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shown));
    }
}
