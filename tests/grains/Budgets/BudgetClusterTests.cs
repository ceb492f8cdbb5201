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
        Assert.InRange(paid, Impressions * 98 / 100, Impressions);
        Assert.InRange(paid, 0, await CommittedAsync(cluster));

        async Task SpendAsync(TenantCluster of, Func<bool>? until = null, int rounds = int.MaxValue)
        {
            int round = 0;
            var payers = of.Silos.Where(s => s.IsActive).Select(s => new Payer(s)).ToList();
            await Patience.Until(
                () =>
                {
                    paid += payers.Count(p => p.TryPay());
                    return until?.Invoke() == true || ++round >= rounds;
                },
                $"enough is spent (now {paid})");
        }
    }

    [ToolFact]
    public async Task Budget_OfFewImpressionsAskedForInTurn_IsSpentToTheLast()
    {
        // Arrange
        const int impressions = 7;
        await using TenantCluster cluster = await TenantCluster.StartAsync(silos: 3);
        await DefineAsync(cluster, impressions);
        Payer[] payers = [.. cluster.Silos.Select(s => new Payer(s))];
        int paid = 0;
        int requests = 0;

        // Act: each waits for its answer before the next one, at the next silo.
        await Patience.Until(() => payers.All(p => p.Terms is not null), "the silos know the campaign");
        for (; paid < impressions && requests < 100; requests++)
        {
            await Patience.Until(() => payers[requests % payers.Length].TryPayAtOnce(ref paid), "it is answered");
        }

        // Assert
        Assert.Equal(impressions, paid);
        Assert.Equal(impressions, await CommittedAsync(cluster));
    }

    [ToolFact]
    public async Task Stop_InAnOrderlyWay_GivesBackWhatIsLeft()
    {
        using RedisServer server = await RedisServer.StartAsync();
        int paid = 0;
        await using (TenantCluster cluster = await TenantCluster.StartAsync(silos: 1, server))
        {
            await DefineAsync(cluster);
            var payer = new Payer(cluster.Silos[0]);
            await Patience.Until(() => (paid += payer.TryPay() ? 1 : 0) == 3, "three are paid");
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
        var payer = new Payer(cluster.Silos[0]);
        await Patience.Until(() => (paid += payer.TryPay() ? 1 : 0) == Impressions, "all is paid");

        // Act
        await cluster.Definitions.DeleteCampaignAsync(new DeleteCampaignRequest { CampaignId = "ad" }, TenantCluster.Call()).Within("deleted");
        await Patience.Until(() => payer.Terms is null, "the silo knows that it is gone");
        await DefineAsync(cluster);

        // Assert
        paid = 0;
        await Patience.Until(() => (paid += payer.TryPay() ? 1 : 0) == Impressions, "all is paid once more");
    }

    private static async Task DefineAsync(TenantCluster cluster, int impressions = Impressions)
    {
        var campaign = new Campaign
        {
            CampaignId = "ad",
            Budget = new CampaignBudget { Currency = "EUR", Total = impressions, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible },
        };
        await cluster.Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, TenantCluster.Call()).Within("the campaign is defined");
    }

    /// <summary>Impressions that are paid or on lease, as stored.</summary>
    private static async Task<int> CommittedAsync(TenantCluster cluster)
    {
        RedisValue stored = await cluster.OnRedisAsync(r => r.HashGetAsync($"fg:budgets:{TenantCluster.Tenant}", "ad"));
        return stored.IsNull ? 0 : (int)(BudgetLedger.Load(StoredBudget.Parser.ParseFrom((byte[])stored!)).Committed / 1_000_000);
    }

    /// <summary>Pays on one silo whenever it can, as decisions would: what is not there is asked for, one at a time.</summary>
    private sealed class Payer(InProcessSiloHandle silo)
    {
        private Task? _asked;

        public BudgetTerms? Terms => TenantCluster.On(silo).Definitions.Campaigns.Budget("ad");

        public bool TryPay()
        {
            BudgetPurses purses = TenantCluster.On(silo).Spending!;
            long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            if (Terms is not { } terms)
            {
                return false;
            }

            if (purses.TrySpend("ad", terms, now))
            {
                return true;
            }

            _asked = _asked is { IsCompleted: false } ? _asked : purses.Asking.Ask("ad", terms, now);
            return false;
        }

        /// <summary>Whether it is paid, or the owner has answered.</summary>
        public bool TryPayAtOnce(ref int paid)
        {
            bool isPaid = TryPay();
            paid += isPaid ? 1 : 0;
            return isPaid || _asked is null;
        }
    }
}
