using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Grains.Budgets;
using Footprint.Grid.Grains.Tests.Tenants;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Orleans.TestingHost;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Budgets;

[RequiresTool("redis-server")]
public sealed class BudgetClusterTests
{
    private const int Impressions = 400;

    [ToolFact]
    public async Task Silo_Killed_NothingIsOverspent()
    {
        // Arrange
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 3);
        await DefineAsync(cluster);
        int paid = 0;

        // Act: all spend; then the owner's silo dies with what it holds, and another one that holds leases only.
        await SpendAsync(cluster, until: () => paid > Impressions / 4);
        InProcessSiloHandle owner = await cluster.HostOfAsync(cluster.Grains.GetGrain<IBudgetGrain>($"{TenantCluster.Tenant}/ad"));
        await cluster.KillAsync(owner);
        await cluster.AddAsync();
        await SpendAsync(cluster, until: () => paid > Impressions / 2);
        await cluster.KillAsync(cluster.Silos.First(s => s.IsActive));
        await cluster.AddAsync();

        // Assert: it ends when all is paid, or counted as paid for those who died.
        await SpendAsync(cluster, until: () => paid >= Impressions || CommittedAsync(cluster).GetAwaiter().GetResult() >= Impressions);
        await SpendAsync(cluster, rounds: 50);
        Assert.InRange(paid, (Impressions / 2) + 1, Impressions);
        Assert.InRange(paid, 0, await CommittedAsync(cluster));

        async Task SpendAsync(TenantCluster of, Func<bool>? until = null, int rounds = int.MaxValue)
        {
            int round = 0;
            await Patience.Until(
                () =>
                {
                    foreach (InProcessSiloHandle silo in of.Silos.Where(s => s.IsActive))
                    {
                        BudgetTerms terms = TenantCluster.On(silo).Definitions.Campaigns.Budget("ad")!.Value;
                        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                        paid += TenantCluster.On(silo).Spending!.TrySpend("ad", terms, now) ? 1 : 0;
                    }

                    return until?.Invoke() == true || ++round >= rounds;
                },
                $"enough is spent (now {paid})");
        }
    }

    [ToolFact]
    public async Task Stop_InAnOrderlyWay_GivesBackWhatIsLeft()
    {
        using RedisServer server = await RedisServer.StartAsync();
        int paid = 0;
        await using (TenantCluster cluster = await TenantCluster.StartAsync(silos: 1, server))
        {
            await DefineAsync(cluster);
            BudgetTerms terms = TenantCluster.On(cluster.Silos[0]).Definitions.Campaigns.Budget("ad")!.Value;
            ISpending spending = TenantCluster.On(cluster.Silos[0]).Spending!;
            await Patience.Until(() => (paid += spending.TrySpend("ad", terms, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()) ? 1 : 0) == 3, "three are paid");
        }

        await using TenantCluster later = await TenantCluster.StartAsync(silos: 1, server);
        Assert.Equal(3, await CommittedAsync(later));
    }

    [ToolFact]
    public async Task Campaign_DeletedAndMadeAgain_HasSpentNothing()
    {
        // Arrange
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 1);
        await DefineAsync(cluster);
        int paid = 0;
        await Patience.Until(() => (paid += Spend() ? 1 : 0) == Impressions, "all is paid");

        // Act
        await cluster.Definitions.DeleteCampaignAsync(new DeleteCampaignRequest { CampaignId = "ad" }, TenantCluster.Call()).Within("deleted");
        await Patience.Until(() => Terms() is null, "the silo knows that it is gone");
        await DefineAsync(cluster);

        // Assert
        paid = 0;
        await Patience.Until(() => Terms() is not null && (paid += Spend() ? 1 : 0) == Impressions, "all is paid once more");

        bool Spend() => TenantCluster.On(cluster.Silos[0]).Spending!.TrySpend("ad", Terms()!.Value, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

        BudgetTerms? Terms() => TenantCluster.On(cluster.Silos[0]).Definitions.Campaigns.Budget("ad");
    }

    private static async Task DefineAsync(TenantCluster cluster)
    {
        var campaign = new Campaign
        {
            CampaignId = "ad",
            Budget = new CampaignBudget { Currency = "EUR", Total = Impressions, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible },
        };
        await cluster.Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, TenantCluster.Call()).Within("the campaign is defined");
    }

    /// <summary>Impressions that are paid or on lease, as stored.</summary>
    private static async Task<int> CommittedAsync(TenantCluster cluster)
    {
        RedisValue stored = await cluster.OnRedisAsync(r => r.HashGetAsync($"fg:budgets:{TenantCluster.Tenant}", "ad"));
        return stored.IsNull ? 0 : (int)(BudgetLedger.Load(StoredBudget.Parser.ParseFrom((byte[])stored!)).Committed / 1_000_000);
    }
}
