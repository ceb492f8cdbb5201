using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// What decisions and their outcomes teach. A pick counts as not liked as far as a like would have come by now
/// (<see cref="YoungPicks"/>); the first liked outcome that
/// happens within seven days, while the pick is remembered, counts at once. Later ones, repeats and those of decisions
/// that are not remembered teach nothing. What counts as liked is what did when the pick was shown. Only what analytics may use of
/// the client teaches: all that had a part in the
/// decision, and the outcome, which measurement must be allowed as well.
/// </summary>
public sealed partial class ClientActor
{
    /// <summary>How long after a decision an outcome is credited to it.</summary>
    public static readonly TimeSpan OutcomeWindow = TimeSpan.FromDays(7);

    private const float MostReward = 10_000;
    private const byte LikedBit = 1;

    // Null where the placement does not learn.
    private static PlacementKnowledge? LearnedOf(in Turn turn, string? key) =>
        key is null ? null : turn.Knowledge.Placements.GetValueOrDefault(key) ?? PlacementKnowledge.Empty;

    // As of now, by the facts that this decision may use, and not by what the profile remembers of segments.
    private static int LearningSegments(in Turn turn, Placement rules, int count, string name, ClientProfile profile, DataCategories allowed)
    {
        var client = new ProfileAttributes(name, profile, allowed, turn.NowMs, "", context: null);
        int segments = 0;
        for (int i = 0; i < count; i++)
        {
            segments |= turn.Definitions.Segments.Holds(rules.LearningSegments[i], client, allowed) ? 1 << i : 0;
        }

        return segments;
    }

    // What was shown to nobody in particular can have no outcome, so it is not counted as without one either.
    private void Remember(in Turn turn, in ContentQuery query, string key, string placement, PickContentResponse response)
    {
        DecisionScratch scratch = DecisionScratch.OfThread;
        Span<PickObservation> shown = scratch.Shown.AsSpan(0, response.Picks.Count);
        LearnedPicks.Write(query, scratch, key, response, shown);
        DataCategories used = DataCategories.Behaviour | (query.Profile is null ? DataCategories.None : query.Allowed);
        if (Key.ClientId.Length == 0 || shown.IsEmpty || !Allowed(turn, Purposes.Analytics, "", query.Request.Context).Permits(used)
            || !TryBeginToKeep(turn, query.Rules!, placement, response))
        {
            return;
        }

        _hasUnsaved = true;
        ulong decision = XxHash64.Hash(response.DecisionId);
        Log(turn, query, placement, decision, response);
        foreach (ref readonly PickObservation pick in shown)
        {
            Profile.ShownPicks.Add(new ShownPicks.Entry
            {
                DecisionHash = decision,
                ItemId = pick.ItemId,
                Key = key,
                TimeMs = pick.TimeMs,
                Features = pick.Features,
                Predicted = pick.Predicted,
                Stated = pick.Stated,
                Categories = used,
            });
        }

        turn.Learning.Observe(Key.Tenant, shown);
    }

    private void Credit(in Turn turn, Outcome outcome, DataCategories categories)
    {
        bool isAd = outcome.CampaignId.Length > 0;
        string id = isAd ? outcome.CampaignId : outcome.ItemId;
        if (outcome.DecisionId.Length == 0 || id.Length == 0
            || Profile.ShownPicks.Find(XxHash64.Hash(outcome.DecisionId), id, isAd) is not (>= 0 and var at))
        {
            return;
        }

        ref ShownPicks.Entry pick = ref Profile.ShownPicks[at];
        byte kind = (byte)(1 << (int)outcome.Kind);
        if ((pick.Outcomes & kind) != 0
            || EventIntake.TimeMs(outcome.Time) - pick.TimeMs > (long)OutcomeWindow.TotalMilliseconds
            || turn.Definitions.Placements.KeyOf(LearningKey.Placement(pick.Key)) is null
            || !Allowed(turn, Purposes.Analytics, "", context: null).Permits(categories | pick.Categories)
            || !Allowed(turn, Purposes.Measurement, "", context: null).Permits(categories))
        {
            return;
        }

        bool isLiked = (pick.Outcomes & LikedBit) == 0 && LearningKey.IsLiked(pick.Key, outcome.Kind);
        pick.Outcomes |= (byte)(kind | (isLiked ? LikedBit : 0));
        float reward = Math.Clamp((float)(outcome.Reward != 0 ? outcome.Reward : Worth(outcome.Kind)), -MostReward, MostReward);
        float worth = isLiked ? Math.Clamp(reward, 0, 1) : 0;
        (pick.Worth, pick.Reward) = (pick.Worth + worth, pick.Reward + reward);

        // When it is heard of counts, not when it happened: until then the pick looked as if nothing came of it.
        pick.Delay = isLiked ? (byte)OutcomeDelays.Of(turn.NowMs - pick.TimeMs) : pick.Delay;
        turn.Learning.Observe(Key.Tenant, [Observed(pick, isShown: false, isLiked ? 1 : 0, worth, reward)]);
        if (isLiked && !isAd)
        {
            turn.Log?.Rewarded(Key.Tenant, new LoggedReward(pick.DecisionHash, EventIntake.TimeMs(outcome.Time), pick.ItemId, worth));
        }
    }

    private void Log(in Turn turn, in ContentQuery query, string placement, ulong decision, PickContentResponse response)
    {
        if (turn.Log is { } log && response.Picks[0] is { Propensity: > 0 } first)
        {
            string unlearned = query.Catalog.Ids.Name(DecisionScratch.OfThread.Learned.Candidates.Unlearned());
            log.Decided(Key.Tenant, new LoggedDecision(decision, turn.NowMs, placement, first.ItemId, first.Propensity, unlearned));
        }
    }

    // What is still known to come from this client, to be taken back.
    private PickObservation[] Taught()
    {
        var taught = new PickObservation[Profile.ShownPicks.Count];
        for (int i = 0; i < taught.Length; i++)
        {
            ref ShownPicks.Entry pick = ref Profile.ShownPicks[i];
            taught[i] = Observed(pick, isShown: true, pick.Outcomes & LikedBit, pick.Worth, pick.Reward) with { IsTakenBack = true };
        }

        return taught;
    }

    private static PickObservation Observed(in ShownPicks.Entry pick, bool isShown, float liked, float worth, float reward) => new(
        pick.IsAd ? AdKey.Of(pick.Key) : pick.Key, pick.IsAd ? AdKey.Of(pick.ItemId) : pick.ItemId, pick.TimeMs, pick.Features, pick.Predicted, pick.Stated, isShown, liked, worth, reward, pick.Delay);

    private static double Worth(Outcome.Types.Kind kind) => kind is Outcome.Types.Kind.Click or Outcome.Types.Kind.Conversion ? 1 : 0;
}
