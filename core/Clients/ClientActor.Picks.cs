using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Clients;

/// <summary>Content that is picked by the profile.</summary>
public sealed partial class ClientActor
{
    /// <summary>Fills the response in place, whatever it held before.</summary>
    public void PickContent(in Turn turn, PickContentRequest request, PickContentResponse response)
    {
        DecisionScratch.OfThread.Asked.Find(request.Candidates, turn.Definitions.Items.Ids);
        PickContent(turn, request, response, asMessages: true);
    }

    /// <summary>
    /// The same, given as the bytes of the message, which are good until the thread encodes again. Of the response, which the
    /// caller lends, all but the picks is filled.
    /// </summary>
    public ReadOnlySpan<byte> EncodeContent(scoped in Turn turn, PickContentRequest request, PickContentResponse response)
    {
        DecisionScratch.OfThread.Asked.Find(request.Candidates, turn.Definitions.Items.Ids);
        return Encode(turn, request, response);
    }

    /// <summary>The same of a request that came as bytes; empty, with nothing done, when there is something to refuse about it.</summary>
    public ReadOnlySpan<byte> EncodeContent(scoped in Turn turn, scoped PickRequestBytes request, PickContentResponse response)
    {
        DecisionScratch scratch = DecisionScratch.OfThread;
        if (!RequestValidator.AreInRange(request.Count, request.DeadlineMs) || !scratch.Asked.TryFind(request, turn.Definitions.Items.Ids))
        {
            return [];
        }

        PickContentRequest message = scratch.Request;
        message.ClientId = Key.ClientId;
        message.Placement = scratch.Placements.Share(request.Placement);
        message.Count = request.Count;
        return Encode(turn, message, response);
    }

    private ReadOnlySpan<byte> Encode(scoped in Turn turn, PickContentRequest request, PickContentResponse response)
    {
        bool hasMessages = PickContent(turn, request, response, asMessages: false);
        CatalogSnapshot items = turn.Definitions.Items;
        DecisionScratch scratch = DecisionScratch.OfThread;
        ReadOnlySpan<byte> bytes = hasMessages ? PickContentEncoder.Encode(response) : response.Probe is null ? PickBytes.Encode(scratch.Picks, items, response) : [];
        if (!bytes.IsEmpty)
        {
            return bytes;
        }

        if (!hasMessages)
        {
            PickMessages.Write(scratch.Picks, items, scratch.Spares, response);
        }

        return response.ToByteArray();
    }

    // Gives whether the picks were made messages: where they were not asked for, only what looks at them needs them.
    private bool PickContent(in Turn turn, PickContentRequest request, PickContentResponse response, bool asMessages)
    {
        Profile.Prefetch(picks: ContentQuery.CountOf(request));
        bool isLate = turn.NowMs > turn.DeadlineMs;
        DataCategories allowed = Allowed(turn, Purposes.Personalization, request.Recipient, request.Context);
        Placement? rules = turn.Definitions.Placements.Find(request.Placement);
        string name = NameOf(request.Recipient, request.ClientId);
        Fallback.Types.Reason fallback = WhyNot(allowed, isLate, IsHeldOut(rules, name));
        bool hasCaps = rules is not null && PickSelection.HasCaps(rules);

        // What it bought or dismissed a client is not shown past the deadline either.
        bool isKnown = fallback == Fallback.Types.Reason.None || (fallback == Fallback.Types.Reason.Deadline && Profile.RecentItems.HasSpent);
        bool isOnRecord = (isKnown || (hasCaps && MayCount(allowed)))
            && IsOnRecord(turn, request.Recipient, Purposes.Personalization, Disclosure.Types.Kind.ContentPicks, allowed);
        fallback = fallback == Fallback.Types.Reason.None && !isOnRecord ? Fallback.Types.Reason.NoProfile : fallback;
        ClientProfile? profile = fallback == Fallback.Types.Reason.None ? Profile : null;
        ImpressionLog? counted = isOnRecord && hasCaps && MayCount(allowed) ? Profile.ContentImpressions : null;
        string? key = rules is null ? null : turn.Definitions.Placements.KeyOf(rules.PlacementId);
        PlacementKnowledge? learned = LearnedOf(turn, key);
        int segments = learned is null || profile is null ? 0 : Math.Min(rules!.LearningSegments.Count, PickFeatures.MostSegments);
        var query = new ContentQuery(request, profile, allowed, isLate, turn.Definitions.Items, turn.Knowledge, turn.NowMs)
        {
            Learned = isLate || fallback == Fallback.Types.Reason.Holdout ? null : learned,
            Rules = rules,
            Spent = isKnown && isOnRecord ? Profile : null,
            Counted = counted,

            // Also where the client is decided for as nobody, since its own turn was late or its profile cannot be had: what it
            // consents to is not known there, so what nobody would is no reason not to count.
            IsUncounted = hasCaps && counted is null && request.ClientId.Length > 0
                && (Key.ClientId.Length == 0 || allowed.Permits(DataCategories.Behaviour)),
            Filter = request.Filter is null ? null : ConditionCache.Shared.Find(request.Filter) ?? Condition.Never,
            Explores = rules?.Learning == Placement.Types.Learning.Explore,
            Segments = segments == 0 ? 0 : LearningSegments(turn, rules!, segments, name, profile!, allowed),
            SegmentsKnown = segments,
            Seed = turn.Seed,
        };
        DecisionScratch scratch = DecisionScratch.OfThread;
        ContentRanker.Pick(query, scratch);
        asMessages |= hasCaps || query.Learned is not null;
        if (asMessages)
        {
            PickMessages.Write(scratch.Picks, query.Catalog, scratch.Spares, response);
        }

        string placement = scratch.Placements.Share(request.Placement);
        if (hasCaps && Key.ClientId.Length > 0 && MayKeepShown(turn, allowed, request.Context))
        {
            // Caps count these, whatever keeps the profile out of the answer, so a crash must not forget them. What the journal
            // refuses is not shown; what no cap counts can be.
            if (!TryKeep(turn, rules!, placement, response))
            {
                query = query with { IsUncounted = true };
                ContentRanker.Pick(query, scratch);
                PickMessages.Write(scratch.Picks, query.Catalog, scratch.Spares, response);
            }
        }
        else if (profile is not null && MayKeepShown(turn, allowed, request.Context))
        {
            // Kept in memory and with the next checkpoint only: a crash may forget what was shown since.
            _hasUnsaved = true;
            for (int i = 0; i < scratch.Picks.Count; i++)
            {
                profile.Impressions.Add(StoredImpression.Types.Kind.Item, query.Catalog.Ids.Name(scratch.Picks[i].Slot), placement, turn.NowMs);
            }
        }

        response.DecisionId = IdOf(turn, fallback);
        response.Personalized = profile is not null;
        response.Fallback = fallback;
        response.ProfileVersion = VersionFor(request.Recipient, profile, allowed);
        response.Withheld.Clear();
        CategoryNames.Withheld(allowed, response.Withheld);

        response.Probe = null;
        if (profile is not null && turn.Definitions.Probes.At(request.Placement) is { Length: > 0 } probes)
        {
            Ask(turn, request, allowed, probes, response);
        }

        if (query.Learned is not null)
        {
            Remember(turn, query, key!, placement, response);
        }

        return asMessages;
    }
}
