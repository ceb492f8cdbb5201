using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>What is answered from the profile.</summary>
public sealed partial class ClientActor
{
    /// <summary>Fills the response in place, whatever it held before.</summary>
    public void PickContent(in Turn turn, PickContentRequest request, PickContentResponse response)
    {
        Profile.Prefetch(picks: request.Count > 0 ? request.Count : ContentRanker.DefaultCount);
        bool isLate = turn.NowMs > turn.DeadlineMs;
        DataCategories allowed = Allowed(turn, Purposes.Personalization, request.Recipient, request.Context);
        Fallback.Types.Reason fallback = isLate ? Fallback.Types.Reason.Deadline : WhyNot(allowed);
        Placement? rules = turn.Definitions.Placements.Find(request.Placement);
        fallback = fallback == Fallback.Types.Reason.None && IsHeldOut(rules, request.ClientId) ? Fallback.Types.Reason.Holdout : fallback;
        ClientProfile? profile = ForAnswer(turn, request.Recipient, Purposes.Personalization, Disclosure.Types.Kind.ContentPicks, allowed, ref fallback);
        PlacementKnowledge? learned = LearnedOf(turn, rules);
        int segments = learned is null || profile is null ? 0 : Math.Min(rules!.LearningSegments.Count, PickFeatures.MostSegments);
        var query = new ContentQuery(request, profile, allowed, isLate, turn.Definitions.Items, turn.Knowledge, turn.NowMs)
        {
            Learned = isLate || fallback == Fallback.Types.Reason.Holdout ? null : learned,
            Rules = rules,
            Filter = request.Filter is null ? null : ConditionCache.Shared.Find(request.Filter) ?? Condition.Never,
            Explores = rules?.Learning == Placement.Types.Learning.Explore,
            Segments = segments == 0 ? 0 : LearningSegments(turn, rules!, profile!, allowed),
            SegmentsKnown = segments,
            Seed = turn.Seed,
        };
        ContentRanker.Pick(query, response);
        response.DecisionId = IdOf(turn, fallback);
        response.Personalized = profile is not null;
        response.Fallback = fallback;
        response.ProfileVersion = VersionFor(profile, allowed);
        response.Withheld.Clear();
        CategoryNames.Withheld(allowed, response.Withheld);

        response.Probe = null;
        if (profile is not null && turn.Definitions.Probes.At(request.Placement) is { Length: > 0 } probes)
        {
            Ask(turn, request, allowed, probes, response);
        }

        // Kept in memory and with the next checkpoint only: a crash may forget what was shown since.
        string placement = DecisionScratch.OfThread.Placements.Share(request.Placement);
        bool isKept = profile is not null && MayKeepShown(turn, allowed);
        if (isKept && response.Picks.Count > 0 && rules is not null && PickSelection.HasCaps(rules))
        {
            // Caps count these, so a crash must not forget them.
            Change(turn, new JournalEntry { AdsShown = Shown(turn, placement, response) });
        }
        else if (isKept)
        {
            for (int i = 0; i < response.Picks.Count; i++)
            {
                profile!.Impressions.Add(StoredImpression.Types.Kind.Item, response.Picks[i].ItemId, placement, turn.NowMs);
            }
        }

        // What the journal refused was not shown.
        if (query.Learned is not null)
        {
            Remember(turn, query, placement, response);
        }
    }

    public void TargetAds(in Turn turn, TargetAdsRequest request, TargetAdsResponse response)
    {
        bool isLate = turn.NowMs > turn.DeadlineMs;
        DataCategories allowed = Allowed(turn, Purposes.Advertising, request.Recipient, request.Context);
        Fallback.Types.Reason fallback = isLate ? Fallback.Types.Reason.Deadline : WhyNot(allowed);
        bool isHeldOut = !isLate && IsHeldOut(turn.Definitions.Placements.Find(request.Placement), request.ClientId);
        fallback = isHeldOut ? Fallback.Types.Reason.Holdout : fallback;
        ClientProfile? profile = ForAnswer(turn, request.Recipient, Purposes.Advertising, Disclosure.Types.Kind.Ads, allowed, ref fallback);
        response.DecisionId = IdOf(turn, fallback);
        response.Personalized = profile is not null;
        response.Fallback = fallback;
        response.ProfileVersion = VersionFor(profile, allowed);
        response.Withheld.Clear();
        CategoryNames.Withheld(allowed, response.Withheld);
        if (isLate)
        {
            return;
        }

        var client = new ProfileAttributes(
            Key.ClientId, profile, allowed, turn.NowMs, request.Placement, request.Context, turn.Definitions.Segments);
        var audience = new AdAudience(turn.NowMs, client, profile is null ? null : client, profile is null ? null : client, turn.Spending)
        {
            ClientId = NameOf(request.ClientId),
            Segments = profile is null ? null : client,
            Allowed = allowed,
            IsHeldOut = isHeldOut,
            Learning = LearningOf(turn, request),
        };
        AdTargeting.Target(audience, turn.Definitions.Campaigns, request, response);
        AdPayment.Pay(response, turn.Definitions.Campaigns, turn.Spending, turn.NowMs, request.Explain);
        if (client.HasAskedForSegments)
        {
            RefreshSegments(turn);
        }

        if (profile is null || response.Picks.Count == 0 || !MayKeepShown(turn, allowed))
        {
            return;
        }

        try
        {
            Change(turn, new JournalEntry { AdsShown = Shown(turn, request.Placement, response) });
        }
        catch (GridException)
        {
            AdPayment.Refund(response, turn.Definitions.Campaigns, turn.Spending);
            throw;
        }

        Remember(turn, audience, request, response);
    }

    // Whom nothing is known of goes by the id that the request names, a linked one by that of the client.
    private string NameOf(string requested) => Key.ClientId.Length > 0 ? Key.ClientId : requested;

    private bool IsHeldOut(Placement? rules, string requested) => rules?.Holdout is { } holdout
        && StableHash.IsIn(holdout.Share, holdout.Seed.Length > 0 ? holdout.Seed : rules.PlacementId, NameOf(requested));

    private static string IdOf(in Turn turn, Fallback.Types.Reason fallback) => fallback == Fallback.Types.Reason.Holdout
        ? DecisionId.OfHoldout(turn.NowMs, turn.Seed)
        : DecisionId.Of(turn.NowMs, turn.Seed);

    // What a client is shown is behaviour: it is kept where some purpose may use that. What this decision may use, some purpose may.
    private bool MayKeepShown(in Turn turn, DataCategories allowed) =>
        allowed.Permits(DataCategories.Behaviour) || Keepable(turn, country: null).Permits(DataCategories.Behaviour);

    // With something withheld, whether there is a profile at all is no matter: it may consist of what is withheld.
    private Fallback.Types.Reason WhyNot(DataCategories allowed) =>
        allowed == DataCategories.None ? Fallback.Types.Reason.NoConsent
        : allowed == DataCategories.All && !Profile.HasEvents ? Fallback.Types.Reason.NoProfile
        : Fallback.Types.Reason.None;

    // The version grows with what is withheld, too.
    private static ulong VersionFor(ClientProfile? profile, DataCategories allowed) =>
        profile is null || allowed != DataCategories.All ? 0 : profile.Version;

    private static JournalEntry.Types.AdsShown Shown(in Turn turn, string placement, PickContentResponse response)
    {
        var shown = new JournalEntry.Types.AdsShown();
        foreach (Pick pick in response.Picks)
        {
            shown.Impressions.Add(new StoredImpression { Key = pick.ItemId, Placement = placement, TimeMs = turn.NowMs });
        }

        return shown;
    }

    private static JournalEntry.Types.AdsShown Shown(in Turn turn, string placement, TargetAdsResponse response)
    {
        var shown = new JournalEntry.Types.AdsShown();
        foreach (AdPick pick in response.Picks)
        {
            bool isCampaign = pick.CampaignId.Length > 0;
            shown.Impressions.Add(new StoredImpression
            {
                Kind = isCampaign ? StoredImpression.Types.Kind.Campaign : StoredImpression.Types.Kind.LineItem,
                Key = isCampaign ? pick.CampaignId : pick.LineItemId,
                Placement = placement,
                TimeMs = turn.NowMs,
            });
        }

        return shown;
    }

    // What goes with what: the item of this act after the items of the acts before it, the latest first.
    private void Teach(in Turn turn, StoredEvent stored, DataCategories allowed)
    {
        const int Most = 5;
        RecentItems recent = Profile.RecentItems;
        var previous = new PreviousItems();
        Span<string> items = previous;
        int count = 0;
        for (int i = recent.Count - 1; i >= 0 && count < Most; i--)
        {
            ref RecentItems.Entry entry = ref recent[i];
            if (!entry.IsDisliked && allowed.Permits(entry.Categories) && entry.TimeMs <= stored.TimeMs
                && entry.ItemId != stored.ItemId && !items[..count].Contains(entry.ItemId))
            {
                items[count++] = entry.ItemId;
            }
        }

        turn.Learning.Observe(Key.Tenant, new ItemObservation(stored.ItemId, stored.TimeMs, (float)stored.Weight, items[..count]));
    }

    [System.Runtime.CompilerServices.InlineArray(5)]
    private struct PreviousItems
    {
        private string _first;
    }
}
