using Footprint.Grid.Conformance;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Stores.Memory;
using Footprint.Grid.Embedded.Stores.Sqlite;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Tests.Budgets;

public sealed class BudgetKeeperTests
{
    [Theory]
    [InlineData(StoreKind.Memory)]
    [InlineData(StoreKind.Sqlite)]
    public async Task Campaign_DeletedAndMadeAgain_HasSpentNothing(StoreKind kind)
    {
        // Arrange
        await using EmbeddedHarness harness = await StartAsync(kind);
        await DefineAsync(harness);
        await SpendAsync(harness);

        // Act
        await harness.Definitions.DeleteCampaignAsync(new DeleteCampaignRequest { CampaignId = "ad" }, Call()).Within("deleted");
        await Patience.Until(() => harness.Store.ReadBudgetsAsync("default", CancellationToken.None).GetAwaiter().GetResult().Count == 0, "nothing is kept of it");
        await DefineAsync(harness);

        // Assert: all of it can be spent once more, and not more than once.
        await SpendAsync(harness);
        await harness.RestartAsync().Within("the node comes back");
        Assert.Empty((await TargetAsync(harness)).Picks);
    }

    private static async Task SpendAsync(EmbeddedHarness harness)
    {
        int shown = 0;
        await Patience.Until(() => (shown += TargetAsync(harness).GetAwaiter().GetResult().Picks.Count) == 2, "the budget is spent");
        Assert.Empty((await TargetAsync(harness)).Picks);
    }

    private static Task<TargetAdsResponse> TargetAsync(EmbeddedHarness harness) =>
        harness.Clients.TargetAdsAsync(new TargetAdsRequest { ClientId = "c1", Placement = "home" }, Call()).Within("targeted");

    private static Task<UpsertCampaignsResponse> DefineAsync(EmbeddedHarness harness)
    {
        var campaign = new Campaign
        {
            CampaignId = "ad",
            Bid = 1,
            Budget = new CampaignBudget { Currency = "EUR", Total = 2, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible },
        };
        return harness.Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { campaign } }, Call()).Within("defined");
    }

    private static CallContext Call() => new("default", DateTimeOffset.UtcNow.AddSeconds(50), CancellationToken.None);

    private static Task<EmbeddedHarness> StartAsync(StoreKind kind)
    {
        if (kind == StoreKind.Memory)
        {
            var disk = new MemoryDisk();
            return EmbeddedHarness.StartAsync(() => new MemoryStore(disk));
        }

        var directory = new TempDirectory();
        return EmbeddedHarness.StartAsync(() => new SqliteStore(directory.Path, TimeProvider.System), cleanUp: directory.Delete);
    }
}
