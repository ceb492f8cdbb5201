using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>A budget of fewer impressions than anybody could hold in advance, spent through all silos while one is killed.</summary>
[Collection(FaultClusterGroup.Name)]
public sealed class BudgetKillTests(FaultCluster cluster)
{
    private const int Impressions = 60;
    private const int Callers = 4;
    private const int MostRounds = 10_000;
    private static readonly TimeSpan _betweenTries = TimeSpan.FromMilliseconds(20);

    [ProgramFact(RedisProcess.Program)]
    public Task Kill_OfASiloWhileABudgetIsSpent_OverspendsNothingAndLosesWhatWasBeingPaidAtMost() => cluster.RunAsync(async () =>
    {
        // Arrange
        using var first = cluster.Processes.Client(0);
        using var second = cluster.Processes.Client(1);
        var campaign = new Campaign
        {
            CampaignId = "kill-budget",
            Bid = 1,
            Placements = { "kill-budget" },
            Budget = new CampaignBudget { Currency = "EUR", Total = Impressions, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible },
        };
        await first.CallAsync(
            "/footprint.grid.v1.Definitions/UpsertCampaigns", new UpsertCampaignsRequest { Campaigns = { campaign } }, UpsertCampaignsResponse.Parser);

        // Act: each caller asks for a client of its own, so the clients are on silos of all kinds.
        var shown = 0;
        await ShowAsync(Impressions / 3);
        var silo = cluster.Processes.Silos[0];
        await silo.KillAsync();
        await ShowAsync(Impressions / 2);
        await silo.StartAsync();

        // Assert: with the silo went what it was about to show; nothing more is shown than was paid for.
        await ShowAsync(Impressions - Callers);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(n => RepeatAsync(n, _ => false, rounds: 10)));
        Assert.InRange(shown, Impressions - Callers, Impressions);

        Task ShowAsync(int atLeast) => Task.WhenAll(Enumerable.Range(0, Callers).Select(n => RepeatAsync(n, count => count >= atLeast, MostRounds)))
            .Within($"{atLeast} impressions are shown", 2 * Patience.Seconds);

        async Task RepeatAsync(int caller, Func<int, bool> isEnough, int rounds)
        {
            for (var round = 0; round < rounds && !isEnough(Volatile.Read(ref shown)); round++)
            {
                var request = new TargetAdsRequest { ClientId = $"kill-budget-{caller}-{round % 20}", Placement = "kill-budget" };
                var pace = Task.Delay(_betweenTries);
                var reply = await (round % 2 == 0 ? first : second).TryAsync("/footprint.grid.v1.Decisions/TargetAds", request, "1S");
                if (reply.Code == Code.Ok)
                {
                    Interlocked.Add(ref shown, TargetAdsResponse.Parser.ParseFrom(reply.Body).Picks.Count);
                }

                await pace;
            }
        }
    });
}
