using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>What is said of each pick of a placement that learns: its features, how likely it is to be liked, and the percentage.</summary>
internal static class LearnedPicks
{
    private const float NotJudged = -1;

    /// <summary>Sets percentages, and fills the observations of the picks in their order.</summary>
    public static void Write(in ContentQuery query, DecisionScratch scratch, string placement, PickContentResponse response, Span<PickObservation> shown)
    {
        LearnedRanking learned = scratch.Learned;
        for (int i = 0; i < response.Picks.Count; i++)
        {
            Pick pick = response.Picks[i];
            ulong features = PickFeatures.Pack(scratch.Terms[i], i, query.NowMs, query.Channel, query.Profile is not null, query.Segments);
            int slot = scratch.Top[i].Slot;
            if (i == 0)
            {
                learned.BeginPicks(features);
            }

            float predicted = learned.Predict(slot, features);
            float stated = learned.Calibration.IsJudged ? learned.Calibration.Chance(predicted) : NotJudged;
            if (learned.Calibration.IsTrusted)
            {
                pick.MatchPercent = (int)MathF.Round(100 * stated);
                pick.Calibrated = true;
            }

            if (i == 0 && learned.Samples)
            {
                pick.Propensity = learned.Propensity(slot);
            }

            shown[i] = new PickObservation(placement, pick.ItemId, query.NowMs, features, predicted, stated, IsShown: true, 0, 0, 0);
        }
    }
}
