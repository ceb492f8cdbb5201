using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.V1;
using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Grains.Tests.Clients;

[RequiresTool("redis-server")]
public sealed class HotClientTests : CellWorld
{
    [ToolFact]
    public async Task Requests_OfOneClientBeyondTheBound_AreRefusedAndOthersAreNot()
    {
        TestCell hot = Cell("hot");
        TestCell other = Cell("other");
        await hot.ApplyAsync(Acts.View("e0", "hot"));
        await other.ApplyAsync(Acts.View("e0", "other"));
        Faults.Hang();
        Task<RecordResponse>[] waiting = [.. Enumerable.Range(1, 16).Select(i => hot.StoreAsync(Acts.View($"e{i}", "hot")))];

        GridException refused = await Assert.ThrowsAsync<GridException>(() => hot.ApplyAsync(Acts.View("e17", "hot")));
        RecordResponse answered = await other.ApplyAsync(Acts.View("e1", "other"));
        Faults.Resume();

        Assert.Equal(Code.ResourceExhausted, refused.Code);
        Assert.Equal(RecordResult.Types.Status.Applied, Assert.Single(answered.Results).Status);
        Assert.All(await Task.WhenAll(waiting).Within("what waited is answered"), r => Assert.Equal(RecordResult.Types.Status.Durable, r.Results[0].Status));
    }

    [ToolFact]
    public async Task Decisions_OfOneClientBeyondTheBound_AreAnsweredByNobody()
    {
        // Arrange: as many requests under way as may be.
        IClientEngine clients = Client.GetRequiredService<IClientEngine>();
        await clients.RecordAsync(new RecordRequest { Events = { Acts.View("e0", "hot") } }, Call).Within("recorded");
        Faults.Hang();
        Task<RecordResponse>[] waiting = [.. Enumerable.Range(1, 16).Select(i =>
            clients.RecordAsync(new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { Acts.View($"e{i}", "hot") } }, Call).AsTask())];

        // Act
        PickContentResponse picks = await PickWhenBusyAsync(clients).Within("the client has as much to do as it may");
        TargetAdsResponse ads = await clients.TargetAdsAsync(new TargetAdsRequest { ClientId = "hot", Placement = "top" }, Call).Within("ads are chosen");
        Faults.Resume();

        // Assert
        Assert.Equal(Fallback.Types.Reason.Deadline, picks.Fallback);
        Assert.Equal(Fallback.Types.Reason.Deadline, ads.Fallback);
        await Task.WhenAll(waiting).Within("what waited is answered");
        PickContentResponse later = await clients.PickContentAsync(new PickContentRequest { ClientId = "hot", Placement = "home" }, Call).Within("picked");
        Assert.True(later.Personalized);
    }

    // The requests are on their way to the client's silo, as is a pick: until they are there, it is answered as ever.
    private static async Task<PickContentResponse> PickWhenBusyAsync(IClientEngine clients)
    {
        while (true)
        {
            PickContentResponse picks = await clients.PickContentAsync(new PickContentRequest { ClientId = "hot", Placement = "home" }, Call);
            if (!picks.Personalized)
            {
                return picks;
            }
        }
    }

    private static CallContext Call => new("default", DateTimeOffset.UtcNow.AddSeconds(30), CancellationToken.None);
}
