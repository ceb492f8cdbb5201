using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
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
    /// <summary>How often ads are chosen for one decision while budgets run out under it.</summary>
    private const int PaymentTries = 3;

    /// <summary>
    /// Decides, or gives what is to be waited for before it is worth to decide once more: then nothing was decided, and
    /// nothing is on record of it. Never with a <see cref="Turn.Spending"/> that does not ask.
    /// </summary>
    public Task? TargetAds(in Turn turn, TargetAdsRequest request, TargetAdsResponse response)
    {
        bool isLate = turn.NowMs > turn.DeadlineMs;
        DataCategories allowed = Allowed(turn, Purposes.Advertising, request.Recipient, request.Context);
        string name = NameOf(request.Recipient, request.ClientId);
        Placement? rules = turn.Definitions.Placements.Find(request.Placement);
        bool isHeldOut = IsHeldOut(rules, name);
        Fallback.Types.Reason why = WhyNot(allowed, isLate, isHeldOut);
        bool isOnRecord = why == Fallback.Types.Reason.None || (!isLate && !isHeldOut && MayCount(allowed));
        for (; ; isOnRecord = false)
        {
            Fallback.Types.Reason fallback = why == Fallback.Types.Reason.None && !isOnRecord ? Fallback.Types.Reason.NoProfile : why;
            ClientProfile? profile = fallback == Fallback.Types.Reason.None ? Profile : null;
            response.DecisionId = IdOf(turn, fallback);
            response.Personalized = profile is not null;
            response.Fallback = fallback;
            response.ProfileVersion = VersionFor(request.Recipient, profile, allowed);
            response.Withheld.Clear();
            CategoryNames.Withheld(allowed, response.Withheld);
            if (isLate)
            {
                return null;
            }

            var client = new ProfileAttributes(
                name, profile, allowed, turn.NowMs, request.Placement, request.Context, turn.Definitions.Segments);
            var audience = new AdAudience(
                turn.NowMs, client, isOnRecord && MayCount(allowed) ? Profile.AdImpressions : null, profile is null ? null : client, turn.Spending)
            {
                ClientId = name,
                Recipient = Recipients.Of(request.Recipient),
                Segments = profile is null ? null : client,
                Answers = Key.ClientId.Length > 0 ? Profile.AdAnswers : null,
                Allowed = allowed,
                IsHeldOut = isHeldOut,
                Learning = LearningOf(turn, rules, request.Context),
            };
            if (Target(turn, audience, request, response) is { } asked)
            {
                return asked;
            }

            if (isOnRecord && !IsOnRecord(turn, request.Recipient, Purposes.Advertising, Disclosure.Types.Kind.Ads, allowed))
            {
                // What cannot be put on record is not used.
                TakeBack(turn, response);
                continue;
            }

            Keep(turn, audience, client, profile, request, response);
            return null;
        }
    }

    private void Keep(
        in Turn turn, in AdAudience audience, ProfileAttributes client, ClientProfile? profile, TargetAdsRequest request, TargetAdsResponse response)
    {
        if (client.HasAskedForSegments)
        {
            RefreshSegments(turn);
        }

        if (!TryKeep(turn, profile is not null, audience.Allowed, request, response))
        {
            // What cannot be counted is not shown; what no cap counts can be. The decision is on record: it is not made anew,
            // so nobody is asked for a budget.
            TakeBack(turn, response);
            ISpending? here = turn.Spending?.Here;
            Target(turn with { Spending = here }, audience with { Impressions = null, Spending = here }, request, response);
            return;
        }

        if (profile is not null && response.Picks.Count > 0 && MayKeepShown(turn, audience.Allowed, request.Context))
        {
            Remember(turn, audience, request, response);
        }
    }

    // What is to be waited for before it is worth to choose; null when it is done.
    private static Task? Target(in Turn turn, in AdAudience audience, TargetAdsRequest request, TargetAdsResponse response)
    {
        for (int left = PaymentTries - 1; ; left--)
        {
            AdTargeting.Target(audience, turn.Definitions.Campaigns, request, response);
            if (AdPayment.Pay(response, turn.Definitions.Campaigns, turn.Spending, turn.NowMs, request.Explain, out Task? asked)
                || (asked is null && left == 0))
            {
                return null;
            }

            // Another decision took the last of a budget in between: now that is known, the next best has the place.
            TakeBack(turn, response);
            if (asked is not null)
            {
                return asked;
            }
        }
    }

    private static void TakeBack(in Turn turn, TargetAdsResponse response)
    {
        AdPayment.Refund(response, turn.Definitions.Campaigns, turn.Spending);
        response.Picks.Clear();
        response.Refusals.Clear();
    }

    // The id that an answer may depend on, in conditions and holdouts. Whom nothing is known of goes by the id that the request
    // names, a linked one by that of the client; but in an answer to a recipient, which must not learn whose id it has, by its own.
    private string NameOf(string recipient, string requested) =>
        Recipients.IsOther(recipient) || Key.ClientId.Length == 0 ? requested : Key.ClientId;

    private static bool IsHeldOut(Placement? rules, string name) => rules?.Holdout is { } holdout
        && StableHash.IsIn(holdout.Share, holdout.Seed.Length > 0 ? holdout.Seed : rules.PlacementId, name);

    private static string IdOf(in Turn turn, Fallback.Types.Reason fallback) => fallback == Fallback.Types.Reason.Holdout
        ? DecisionId.OfHoldout(turn.NowMs, turn.Seed)
        : DecisionId.Of(turn.NowMs, turn.Seed);

    // What a client is shown is behaviour: it is kept where some purpose may use that. What this decision may use, some purpose may.
    private bool MayKeepShown(in Turn turn, DataCategories allowed, Context? context) => allowed.Permits(DataCategories.Behaviour)
        || Profile.Consents.Keepable(turn.Definitions.RegimeOf(Profile.Countries, Country(context))).Permits(DataCategories.Behaviour);

    // Whether what the client was shown may be read, to count it: of somebody in particular, where behaviour may be used.
    private bool MayCount(DataCategories allowed) => Key.ClientId.Length > 0 && allowed.Permits(DataCategories.Behaviour);

    // Who is held out is so whatever else there is to say, so that the two groups are alike.
    private Fallback.Types.Reason WhyNot(DataCategories allowed, bool isLate, bool isHeldOut) =>
        isHeldOut ? Fallback.Types.Reason.Holdout : isLate ? Fallback.Types.Reason.Deadline : WhyNot(allowed);

    // With something withheld, whether there is a profile at all is no matter: it may consist of what is withheld.
    private Fallback.Types.Reason WhyNot(DataCategories allowed) =>
        allowed == DataCategories.None ? Fallback.Types.Reason.NoConsent
        : allowed == DataCategories.All && !Profile.IsAnybody ? Fallback.Types.Reason.NoProfile
        : Fallback.Types.Reason.None;

    // The version grows with what is withheld, too, and with what is between the client and others: what they showed it and got of it.
    private static ulong VersionFor(string recipient, ClientProfile? profile, DataCategories allowed) =>
        Recipients.IsOther(recipient) || profile is null || allowed != DataCategories.All ? 0 : profile.Version;

    // What goes with what: the item of this act after the items of the acts before it, the latest first.
    private void Teach(in Turn turn, StoredEvent stored, DataCategories allowed)
    {
        RecentItems recent = Profile.RecentItems;
        var previous = new PreviousItems();
        var previousMs = new PreviousTimes();
        Span<string> items = previous;
        Span<long> times = previousMs;
        int count = 0;
        for (int i = recent.Count - 1; i >= 0 && count < items.Length; i--)
        {
            ref RecentItems.Entry entry = ref recent[i];
            if (!entry.IsDisliked && allowed.Permits(entry.Categories) && entry.TimeMs <= stored.TimeMs
                && entry.ItemId != stored.ItemId && !items[..count].Contains(entry.ItemId))
            {
                times[count] = entry.TimeMs;
                items[count++] = entry.ItemId;
            }
        }

        turn.Learning.Observe(Key.Tenant, new ItemObservation(stored.ItemId, stored.TimeMs, (float)stored.Weight, items[..count], times[..count]));
    }

    [System.Runtime.CompilerServices.InlineArray(Learning.ObservationBuffer.MaxPrevious)]
    private struct PreviousItems
    {
        private string _first;
    }

    [System.Runtime.CompilerServices.InlineArray(Learning.ObservationBuffer.MaxPrevious)]
    private struct PreviousTimes
    {
        private long _first;
    }
}
