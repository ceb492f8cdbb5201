using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>What decisions showed, as caps count it.</summary>
public sealed partial class ClientActor
{
    // What caps count is kept whatever keeps the profile out of the answer, the rest of whom the answer is from. False when the
    // journal did not take it.
    private bool TryKeep(in Turn turn, bool isPersonal, DataCategories allowed, TargetAdsRequest request, TargetAdsResponse response)
    {
        if (Key.ClientId.Length == 0 || response.Picks.Count == 0 || !MayKeepShown(turn, allowed, request.Context)
            || Shown(turn, request, response, isPersonal) is not { Impressions.Count: > 0 } shown)
        {
            return true;
        }

        return TryKeep(turn, shown);
    }

    private bool TryKeep(in Turn turn, Placement rules, string placement, PickContentResponse response) =>
        response.Picks.Count == 0 || TryKeep(turn, Shown(turn, rules, placement, response));

    // False when the journal did not take it.
    private bool TryKeep(in Turn turn, JournalEntry.Types.AdsShown shown)
    {
        if (!TryTakePrivacySignalOfFirst(turn))
        {
            return false;
        }

        try
        {
            Change(turn, new JournalEntry { AdsShown = shown });
            return true;
        }
        catch (GridException)
        {
            return false;
        }
    }

    // Whoever nothing is kept of leaves memory without being saved, and outcomes that come later would not find their picks. So the
    // first that such a client is shown where that is to be remembered is journalled. False when that cannot be.
    private bool TryBeginToKeep(in Turn turn, Placement rules, string placement, PickContentResponse response) =>
        !KeepsNothing || TryKeep(turn, rules, placement, response);

    private static JournalEntry.Types.AdsShown Shown(in Turn turn, Placement rules, string placement, PickContentResponse response)
    {
        var shown = new JournalEntry.Types.AdsShown();
        CatalogSnapshot catalog = turn.Definitions.Items;
        long untilMs = turn.NowMs + PickSelection.LongestWindowMs(rules);
        foreach (Pick pick in response.Picks)
        {
            var impression = new StoredImpression { Key = pick.ItemId, Placement = placement, TimeMs = turn.NowMs, UntilMs = untilMs };
            foreach (ItemTopic topic in rules.TopicCaps.Count > 0 ? catalog.Get(pick.ItemId)!.Topics : [])
            {
                impression.Topics.Add(TopicLimit.Hash(catalog.Topics.Name(topic.Topic)));
            }

            shown.Impressions.Add(impression);
        }

        return shown;
    }

    private static JournalEntry.Types.AdsShown Shown(in Turn turn, TargetAdsRequest request, TargetAdsResponse response, bool withUncapped)
    {
        var shown = new JournalEntry.Types.AdsShown();
        foreach (AdPick pick in response.Picks)
        {
            bool isCampaign = pick.CampaignId.Length > 0;
            long window = CampaignRules.LongestWindowMs(isCampaign
                ? turn.Definitions.Campaigns.Find(pick.CampaignId)!.FrequencyCaps
                : request.LineItems.First(l => l.LineItemId == pick.LineItemId).FrequencyCaps);
            if (withUncapped || window > 0)
            {
                shown.Impressions.Add(new StoredImpression
                {
                    Kind = isCampaign ? StoredImpression.Types.Kind.Campaign : StoredImpression.Types.Kind.LineItem,
                    Key = isCampaign ? pick.CampaignId : pick.LineItemId,
                    Recipient = isCampaign ? "" : Recipients.Of(request.Recipient),
                    Placement = request.Placement,
                    TimeMs = turn.NowMs,
                    UntilMs = window > 0 ? turn.NowMs + window : 0,
                });
            }
        }

        return shown;
    }
}
