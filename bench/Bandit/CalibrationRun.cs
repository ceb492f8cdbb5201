using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>
/// Ten picks a round for a world's visitors, the odds of each falling with its place as it is looked at less. After the
/// rounds of learning, the percentages that are said to be calibrated are held against what comes of them.
/// </summary>
internal sealed class CalibrationRun
{
    private const int Picks = 10;

    /// <summary>Of the rounds after learning, and of picks that were said to be calibrated alone.</summary>
    public Reliability HeldOut { get; } = new();

    /// <summary>Picks that were said to be calibrated, while learning and after.</summary>
    public int Calibrated { get; private set; }

    /// <summary>The first round in which any pick was said to be calibrated.</summary>
    public int? First { get; private set; }

    /// <param name="kind">Of the world.</param>
    /// <param name="learning">Rounds to learn from.</param>
    /// <param name="heldOut">Rounds to be judged by.</param>
    /// <param name="seed">Of the world.</param>
    /// <param name="blind">Of the rounds to learn from, so many before anything is learned.</param>
    public static CalibrationRun Play(BanditWorldKind kind, int learning, int heldOut, ulong seed, int blind = 0)
    {
        var world = new BanditWorld(kind, learning + heldOut, seed);
        var tenant = new GridTenant(world, Placement.Types.Learning.Observe, Picks, seed) { LearnsFrom = blind };
        var run = new CalibrationRun();
        for (var round = 0; round < learning + heldOut; round++)
        {
            var (visitor, app) = BanditWorld.Guest(seed, round);
            var response = tenant.Pick(round, visitor, app);
            for (var i = 0; i < response.Picks.Count; i++)
            {
                var pick = response.Picks[i];
                var odds = world.Odds(round, visitor, GridTenant.Item(pick.ItemId), app) * (kind == BanditWorldKind.NoSignal ? 1 : BanditWorld.Attention(i));
                var liked = BanditWorld.Toss(seed, round, i + 1) < odds;
                if (pick.Calibrated)
                {
                    run.Calibrated++;
                    run.First ??= round;
                    if (round >= learning)
                    {
                        run.HeldOut.Add(pick.MatchPercent / 100.0, liked);
                    }
                }

                if (liked)
                {
                    tenant.Click(round, visitor, response.DecisionId, pick.ItemId);
                }
            }
        }

        return run;
    }
}
