namespace Footprint.Grid.Bench.Bandit;

/// <summary>Plays a world with a policy and adds up its regret: by how much the odds of its choices fell short of the best.</summary>
internal static class BanditRun
{
    public static double Regret(BanditWorld world, IBanditPolicy policy, int rounds, ulong seed)
    {
        var regret = 0.0;
        var waiting = new Queue<(int Round, int Visitor, bool App, int Item, bool Liked)>();
        for (var round = 0; round < rounds; round++)
        {
            while (waiting.TryPeek(out var due) && due.Round + world.Delay < round)
            {
                waiting.Dequeue();
                policy.Learn(due.Round, due.Visitor, due.App, due.Item, due.Liked);
            }

            var (visitor, app) = BanditWorld.Guest(seed, round);
            var item = policy.Choose(round, visitor, app);
            var odds = world.Odds(round, visitor, item, app);
            regret += world.BestOdds(round, visitor, app) - odds;
            waiting.Enqueue((round, visitor, app, item, BanditWorld.Toss(seed, round, 0) < odds));
        }

        return regret;
    }
}
