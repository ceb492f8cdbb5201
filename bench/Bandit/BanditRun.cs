namespace Footprint.Grid.Bench.Bandit;

/// <summary>Plays a world with a policy and adds up its regret: by how much what its pages are worth fell short of the best.</summary>
internal static class BanditRun
{
    public static double Regret(BanditWorld world, IBanditPolicy policy, int rounds, ulong seed)
    {
        var regret = 0.0;
        var waiting = new PriorityQueue<BanditOutcome, (int Due, int Round, int Place)>();
        var page = new int[world.Places];
        for (var round = 0; round < rounds; round++)
        {
            while (waiting.TryPeek(out var outcome, out var due) && due.Due < round)
            {
                waiting.Dequeue();
                policy.Learn(due.Due, outcome);
            }

            var (visitor, app) = BanditWorld.Guest(seed, round);
            policy.Choose(round, visitor, app, page);
            regret += world.BestWorth(round, visitor, app) - world.Worth(round, visitor, app, page);
            for (var place = 0; place < page.Length; place++)
            {
                var odds = world.Odds(round, visitor, page[place], app) * BanditWorld.Attention(place);
                var outcome = new BanditOutcome(round, visitor, place, page[place], BanditWorld.Toss(seed, round, place) < odds);
                waiting.Enqueue(outcome, (round + world.Delay(seed, round, place), round, place));
            }
        }

        return regret;
    }
}
