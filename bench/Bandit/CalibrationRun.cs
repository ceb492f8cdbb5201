using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>
/// Ten picks a round for a world's visitors, the odds of each falling with its place as it is looked at less. After the
/// rounds of learning, the percentages that are said to be calibrated are held against what comes of them, whenever that is heard of.
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
    /// <param name="mode">Whether chance has a part in what is picked.</param>
    public static CalibrationRun Play(
        BanditWorldKind kind, int learning, int heldOut, ulong seed, int blind = 0, Placement.Types.Learning mode = Placement.Types.Learning.Observe)
    {
        var world = new BanditWorld(kind, learning + heldOut, seed);
        var tenant = new GridTenant(world, mode, Picks, seed) { LearnsFrom = blind };
        var run = new CalibrationRun();
        var waiting = new PriorityQueue<(int Visitor, string Decision, string Item), (int Due, int Round, int Place)>();
        for (var round = 0; round < learning + heldOut; round++)
        {
            while (waiting.TryPeek(out var like, out var due) && due.Due < round)
            {
                waiting.Dequeue();
                tenant.Click(due.Due, like.Visitor, like.Decision, like.Item);
            }

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
                    waiting.Enqueue((visitor, response.DecisionId, pick.ItemId), (round + world.Delay(seed, round, i), round, i));
                }
            }
        }

        return run;
    }
}
