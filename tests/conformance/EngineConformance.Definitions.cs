using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Definitions_EachChange_IsANewVersionSeenAtOnce()
    {
        ulong first = (await DefineItemsAsync(items: [("i1", "golf")])).Version;
        ulong second = (await DefineItemsAsync(items: [("i1", "chess"), ("i2", "tea")])).Version;
        DeleteItemResponse third = await Definitions.DeleteItemAsync(new DeleteItemRequest { ItemId = "i2" }, Call()).Within("deleted");

        Assert.Equal([first, first + 1, first + 2], [first, second, third.Version]);
        Item item = await Definitions.GetItemAsync(new GetItemRequest { ItemId = "i1" }, Call()).Within("read");
        Assert.Equal("chess", Assert.Single(item.Topics).Topic);
        await ThrowsAsync(Code.NotFound, () => Definitions.GetItemAsync(new GetItemRequest { ItemId = "i2" }, Call()).Within("read"));
        await ThrowsAsync(Code.NotFound, () => Definitions.DeleteItemAsync(new DeleteItemRequest { ItemId = "i2" }, Call()).Within("refused"));
    }

    [ToolFact]
    public async Task Definitions_Killed_AreAllThereAtTheSameVersion()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "golf")]);
        await Definitions.UpsertCampaignsAsync(new UpsertCampaignsRequest { Campaigns = { new Campaign { CampaignId = "ad1", Name = "A", Bid = 2 } } }, Call()).Within("defined");
        var type = new EventType { Type = "view", Weight = 7, HalfLife = Duration.FromTimeSpan(TimeSpan.FromDays(3)), Kind = FootprintEvent.Types.Kind.Passive };
        await Definitions.UpsertEventTypesAsync(new UpsertEventTypesRequest { EventTypes = { type } }, Call()).Within("defined");
        await Definitions.UpsertPlacementsAsync(new UpsertPlacementsRequest { Placements = { new Placement { PlacementId = "home", Name = "Home" } } }, Call()).Within("defined");
        await DefineSegmentAsync("fans", "interests.golf");
        DeleteItemResponse last = await Definitions.DeleteItemAsync(new DeleteItemRequest { ItemId = "i2" }, Call()).Within("deleted");

        await Harness.KillAsync().Within("the engine comes back");

        ListItemsResponse items = await Definitions.ListItemsAsync(new ListItemsRequest(), Call()).Within("listed");
        Assert.Equal(["i1"], items.Items.Select(i => i.ItemId));
        Assert.Equal(last.Version, items.Version);
        Assert.Equal(2, (await Definitions.GetCampaignAsync(new GetCampaignRequest { CampaignId = "ad1" }, Call()).Within("read")).Bid);
        Assert.Equal(7, (await Definitions.GetEventTypeAsync(new GetEventTypeRequest { Type = "view" }, Call()).Within("read")).Weight);
        Assert.Equal("Home", (await Definitions.GetPlacementAsync(new GetPlacementRequest { PlacementId = "home" }, Call()).Within("read")).Name);
        Assert.Equal(["fans"], (await Definitions.ListSegmentsAsync(new ListSegmentsRequest(), Call()).Within("listed")).Segments.Select(s => s.SegmentId));
        await Definitions.DeleteSegmentAsync(new DeleteSegmentRequest { SegmentId = "fans" }, Call()).Within("deleted");
        await ThrowsAsync(Code.NotFound, () => Definitions.GetSegmentAsync(new GetSegmentRequest { SegmentId = "fans" }, Call()).Within("read"));
        ListPlacementsResponse placements = await Definitions.ListPlacementsAsync(new ListPlacementsRequest(), Call()).Within("listed");
        Assert.Equal(["home"], placements.Placements.Select(p => p.PlacementId));
        await Definitions.DeletePlacementAsync(new DeletePlacementRequest { PlacementId = "home" }, Call()).Within("deleted");
        await ThrowsAsync(Code.NotFound, () => Definitions.GetPlacementAsync(new GetPlacementRequest { PlacementId = "home" }, Call()).Within("read"));
    }

    [ToolFact]
    public async Task Definitions_DeletedEventType_IsTheDefaultAgain()
    {
        EventType before = await Definitions.GetEventTypeAsync(new GetEventTypeRequest { Type = "view" }, Call()).Within("read");
        EventType changed = before.Clone();
        changed.Weight = before.Weight + 1;
        await Definitions.UpsertEventTypesAsync(new UpsertEventTypesRequest { EventTypes = { changed } }, Call()).Within("defined");

        await Definitions.DeleteEventTypeAsync(new DeleteEventTypeRequest { Type = "view" }, Call()).Within("deleted");
        await Harness.RestartAsync().Within("the engine comes back");

        Assert.Equal(before, await Definitions.GetEventTypeAsync(new GetEventTypeRequest { Type = "view" }, Call()).Within("read"));
    }

    [ToolFact]
    public async Task Definitions_OneWrongItem_ChangesNothing()
    {
        ulong before = (await DefineItemsAsync(items: [("i1", "golf")])).Version;

        await ThrowsAsync(Code.InvalidArgument, () => DefineItemsAsync(items: [("i2", "golf"), ("", "golf")]));

        ListItemsResponse items = await Definitions.ListItemsAsync(new ListItemsRequest(), Call()).Within("listed");
        Assert.Equal(["i1"], items.Items.Select(i => i.ItemId));
        Assert.Equal(before, items.Version);
    }

    [ToolFact]
    public async Task Definitions_Listed_ComeInPagesByOrderOfIds()
    {
        await DefineItemsAsync(items: [.. Enumerable.Range(0, 25).Select(i => ($"i{i:00}", "golf"))]);

        var ids = new List<string>();
        string token = "";
        do
        {
            ListItemsResponse page = await Definitions.ListItemsAsync(new ListItemsRequest { PageSize = 10, PageToken = token }, Call()).Within("listed");
            Assert.InRange(page.Items.Count, 1, 10);
            ids.AddRange(page.Items.Select(i => i.ItemId));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"i{i:00}"), ids);
        await ThrowsAsync(Code.InvalidArgument, () => Definitions.ListItemsAsync(new ListItemsRequest { PageSize = 1001 }, Call()).Within("refused"));
    }

    [ToolFact]
    public async Task Definitions_ManyAtOnce_AreAllMade()
    {
        Task<UpsertItemsResponse>[] calls = [.. Enumerable.Range(0, 40).Select(i => Task.Run(() => DefineItemsAsync(items: [($"i{i}", "golf")])))];

        UpsertItemsResponse[] responses = await Task.WhenAll(calls).Within("all are defined");
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal(40, responses.Select(r => r.Version).Distinct().Count());
        ListItemsResponse items = await Definitions.ListItemsAsync(new ListItemsRequest(), Call()).Within("listed");
        Assert.Equal(40, items.Items.Count);
        Assert.Equal(responses.Max(r => r.Version), items.Version);
    }

    [ToolFact]
    public async Task Definitions_StoreDown_FailAndLaterWork()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        Harness.SetStoreDown(true);
        await ThrowsAsync(Code.Unavailable, () => DefineItemsAsync(items: [("i2", "golf")]));
        ListItemsResponse meanwhile = await Definitions.ListItemsAsync(new ListItemsRequest(), Call()).Within("listed");
        Harness.SetStoreDown(false);

        await DefineItemsAsync(items: [("i3", "golf")]);

        Assert.Equal(["i1"], meanwhile.Items.Select(i => i.ItemId));
        ListItemsResponse items = await Definitions.ListItemsAsync(new ListItemsRequest(), Call()).Within("listed");
        Assert.Equal(["i1", "i3"], items.Items.Select(i => i.ItemId));
    }

    [ToolFact]
    public async Task Definitions_StoreUnsure_AgreeWithTheStoreAfterwards()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        Harness.SetStoreUnsure(true);
        await ThrowsAsync(Code.Unavailable, () => DefineItemsAsync(items: [("i2", "golf")]));
        Harness.SetStoreUnsure(false);

        ulong version = (await DefineItemsAsync(items: [("i3", "golf")])).Version;
        ListItemsResponse before = await Definitions.ListItemsAsync(new ListItemsRequest(), Call()).Within("listed");
        await Harness.KillAsync().Within("the engine comes back");
        ListItemsResponse after = await Definitions.ListItemsAsync(new ListItemsRequest(), Call()).Within("listed");

        Assert.Equal(["i1", "i2", "i3"], before.Items.Select(i => i.ItemId));
        Assert.Equal(before, after);
        Assert.Equal(version, after.Version);
    }
}
