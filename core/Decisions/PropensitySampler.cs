namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// With which chance Thompson sampling gives a candidate the best score, by 64 further draws, all candidates scored in each:
/// (hits + 1) / 65, the draw that was made counting as one. What the log is for divides by it, and with hits binomial
/// E[1 / ((hits + 1) / 65)] = (1 - (1 - p)^65) / p: never too high, and right but for what has hardly a chance. That takes
/// some microseconds, so it is done for one decision of 128, chosen by its seed: an unbiased sample of decisions.
/// </summary>
internal static class PropensitySampler
{
    private const int OneOf = 128, Draws = 64;

    public static bool Samples(ulong seed) => seed % OneOf == 0;

    /// <param name="slot">Of the candidate in question.</param>
    /// <param name="candidates">All of the decision.</param>
    /// <param name="ranking">Makes the draws.</param>
    /// <param name="seed">Of the turn.</param>
    public static double Of(int slot, ExploredCandidates candidates, LearnedRanking ranking, ulong seed)
    {
        int place = candidates.Find(slot);
        int hits = 0;
        for (ulong draw = 1; draw <= Draws; draw++)
        {
            hits += candidates.IsBest(slot, place, ranking.Draw(seed + (draw * 0xD1342543DE82EF95))) ? 1 : 0;
        }

        return (hits + 1.0) / (Draws + 1);
    }
}
