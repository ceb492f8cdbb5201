using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Embedded.Stores.Memory;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace Footprint.Grid.Embedded.Tests.Knowledge;

public sealed class KnowledgeKeeperTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Act_BehindABurst_IsKnownToAnothersDecisionWithinASecondOfTheClock()
    {
        // Arrange: many times what is learned in a second, and one who had to do with an item.
        const int clients = 12 * KnowledgeBase.MostSolved / 16;
        var options = new EmbeddedOptions { Store = StoreKind.Memory };
        await using var host = new EngineHost(options, new MemoryStore(new MemoryDisk()), _time, NullLoggerFactory.Instance, seed: 7);
        await host.StartAsync(CancellationToken.None).Within("the node starts");
        foreach (string[] ids in Enumerable.Range(0, 16 * clients).Select(i => $"i{i}").Append("a").Append("b").Chunk(1000))
        {
            await host.Definitions.UpsertItemsAsync(new UpsertItemsRequest { Items = { ids.Select(id => new Item { ItemId = id }) } }, Call()).Within("the items are defined");
        }

        await RecordAsync(host, "other", "a");
        for (int client = 0; client < clients; client++)
        {
            await RecordAsync(host, $"c{client}", [.. Enumerable.Range(16 * client, 16).Select(i => $"i{i}")]);
        }

        // Act: the clock stands still but for one second.
        await RecordAsync(host, "last", "a", "b");
        for (TimeSpan passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(1); passed += options.KnowledgeInterval)
        {
            _time.Advance(options.KnowledgeInterval);
        }

        // Assert
        await Patience.Until(() => GoesWithAsync(host, "other", "b"), "what came after an item goes with it");
        await host.KillAsync().Within("the node ends");
    }

    private CallContext Call() => new("default", _time.GetUtcNow().AddSeconds(50), CancellationToken.None);

    private async Task RecordAsync(EngineHost host, string client, params string[] items)
    {
        var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Applied, Events = { items.Select(item => new FootprintEvent { ClientId = client, Type = "view", ItemId = item }) } };
        RecordResponse response = await host.Clients.RecordAsync(request, Call()).Within("the acts are recorded");
        Assert.All(response.Results, r => Assert.Equal(RecordResult.Types.Status.Applied, r.Status));
    }

    private async Task<bool> GoesWithAsync(EngineHost host, string client, string item)
    {
        var request = new PickContentRequest { ClientId = client, Placement = "home", Count = 20 };
        PickContentResponse response = await host.Clients.PickContentAsync(request, Call()).Within("the pick is answered");
        bool goes = response.Picks.Any(p => p.ItemId == item && p.Reasons.Any(r => r.Kind == Reason.Types.Kind.CoVisit));
        host.Clients.Release(response);
        return goes;
    }
}
