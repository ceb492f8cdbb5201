using Footprint.Grid.V1;
using Google.Rpc;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolFact]
    public async Task Link_Anonymous_BecomesAPartOfTheKnownClient()
    {
        await ApplyAsync(Event("cookie", "e1", "golf"), Event("known", "e2", "chess"));

        LinkResponse response = await LinkAsync("known", "cookie");

        Assert.True(response.Merged);
        Profile profile = await ProfileAsync("known");
        Assert.Equal(["chess", "golf"], profile.Interests.Select(i => i.Topic).Order());
        Assert.Equal(["cookie"], profile.Aliases);
        Assert.Equal(2UL, await CountAsync("known"));
    }

    [ToolFact]
    public async Task Link_ToAClientThatForbadeACategory_BringsNothingOfIt()
    {
        FootprintEvent e = Event("cookie", "e1");
        e.Traits.Add(new TraitValue { Name = "city", Value = "Bilbao", Category = "location" });
        await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, e, Event("known", "e1")), Call()).Within("recorded");
        var denied = new SetConsentsRequest { ClientId = "known" };
        string[] purposes = ["personalization", "advertising", "analytics", "measurement"];
        denied.Consents.Add(purposes.Select(p => new Consent { Purpose = p, Category = "location", Decision = Decision.Deny }));
        await Clients.SetConsentsAsync(denied, Call()).Within("the denials are set");

        await LinkAsync("known", "cookie");

        Assert.Empty((await ProfileAsync("known")).Traits);
        await Harness.RestartAsync().Within("the engine comes back");
        Profile profile = await ProfileAsync("known");
        Assert.Empty(profile.Traits);
        Assert.Equal(2UL, Assert.Single(profile.Counters).Total);
    }

    [ToolFact]
    public async Task Link_Again_ChangesNothing()
    {
        await ApplyAsync(Event("cookie", "e1"));
        await LinkAsync("known", "cookie");
        Profile before = await ProfileAsync("known");

        LinkResponse again = await LinkAsync("known", "cookie");

        Assert.False(again.Merged);
        Assert.Equal(before.Version, (await ProfileAsync("known")).Version);
    }

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_EventsUnderTheOldId_ReachTheKnownClient(bool isKilled)
    {
        await ApplyAsync(Event("cookie", "e1"));
        await LinkAsync("known", "cookie");
        await (isKilled ? Harness.KillAsync() : Harness.RestartAsync()).Within("the engine comes back");

        RecordResponse response = await StoreAsync(Event("cookie", "e2"), Event("cookie", "e1"));

        Assert.Equal([Status.Durable, Status.Duplicate], response.Results.Select(r => r.Status));
        Assert.Equal(2UL, await CountAsync("known"));
        Assert.Equal("known", (await ProfileAsync("cookie")).ClientId);
    }

    [ToolFact]
    public async Task Link_TwoKnownClients_IsRefusedAndChangesNothing()
    {
        await ApplyAsync(Event("a1", "e1"), Event("a2", "e2"));
        await LinkAsync("k1", "a1");
        await LinkAsync("k2", "a2");

        await ThrowsAsync(Code.FailedPrecondition, () => LinkAsync("k1", "k2"));

        Assert.Equal(1UL, await CountAsync("k1"));
        Assert.Equal(1UL, await CountAsync("k2"));
    }

    [ToolFact]
    public async Task Link_ManyAtOnceBothWays_EndsAndAgrees()
    {
        await ApplyAsync(Enumerable.Range(0, 20).Select(i => Event($"p{i}", "e")));

        // Each pair is linked in both directions at once; one of the two must win, the other be refused.
        Task<bool>[] links = [.. Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                return (await LinkAsync($"p{i}", $"p{i ^ 1}")).Merged;
            }
            catch (Engine.GridException e) when (e.Code == Code.FailedPrecondition)
            {
                return false;
            }
        }))];
        bool[] merged = await Task.WhenAll(links).Within("all links are decided");

        for (int i = 0; i < 20; i += 2)
        {
            Assert.True(merged[i] ^ merged[i + 1]);
            Assert.Equal(2UL, await CountAsync($"p{i}"));
        }
    }

    [ToolFact]
    public async Task Consents_Denied_AreObeyedAndKept()
    {
        await DefineItemsAsync(items: [("i1", "golf"), ("i2", "chess")]);
        await ApplyAsync(Event("c1", "e1"));
        Assert.True((await PickAsync("c1")).Personalized);

        SetConsentsResponse response = await ConsentAsync("c1", "personalization", Decision.Deny);
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal(Decision.Deny, Assert.Single(response.Consents).Decision);
        PickContentResponse pick = await PickAsync("c1");
        Assert.False(pick.Personalized);
        Assert.Equal(Fallback.Types.Reason.NoConsent, pick.Fallback);
        Assert.Equal(2, pick.Picks.Count);
    }

    [ToolFact]
    public async Task Consents_OneTakenBack_TheBroaderOneHolds()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        await ApplyAsync(Event("c1", "e1"));
        // A minute ago: of the same millisecond the denial would hold, as the stricter does.
        var narrow = new Consent { Purpose = "personalization", Category = "behaviour", Decision = Decision.Deny, Time = Ago(1) };
        await Clients.SetConsentsAsync(new SetConsentsRequest { ClientId = "c1", Consents = { narrow } }, Call()).Within("denied");
        Assert.Equal(["behaviour"], (await PickAsync("c1")).Withheld);

        (narrow.Decision, narrow.Time) = (Decision.Withdrawn, null);
        SetConsentsResponse response = await Clients.SetConsentsAsync(new SetConsentsRequest { ClientId = "c1", Consents = { narrow } }, Call()).Within("taken back");
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Empty(response.Consents);
        Assert.Empty((await PickAsync("c1")).Withheld);
        ExportResponse export = await Clients.ExportAsync(new ExportRequest { ClientId = "c1" }, Call()).Within("exported");
        Assert.Equal([Decision.Deny, Decision.Withdrawn], export.ConsentHistory.Select(c => c.Decision));
    }

    [ToolFact]
    public async Task Consents_OptInTenant_KeepsNothingUntilAllowed()
    {
        RecordResponse before = await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("c1", "e1")), Call(StrictTenant)).Within("recorded");
        await ConsentAsync("c1", "personalization", Decision.Allow, StrictTenant);
        RecordResponse after = await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("c1", "e2")), Call(StrictTenant)).Within("recorded");

        Assert.Equal(Status.Rejected, Assert.Single(before.Results).Status);
        Assert.Equal(Status.Durable, Assert.Single(after.Results).Status);
        Assert.Equal(1UL, await CountAsync("c1", tenant: StrictTenant));
    }

    [ToolTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erase_Client_LeavesNothingAndLateEventsStayOut(bool isKilled)
    {
        await StoreAsync(Event("c1", "e1"), Event("c1", "e2"));

        EraseResponse erased = await EraseAsync("c1");
        await (isKilled ? Harness.KillAsync() : Harness.RestartAsync()).Within("the engine comes back");
        RecordResponse late = await StoreAsync(Event("c1", "e3", minutesAgo: 2), Event("c1", "e1"));

        Assert.True(erased.Existed);
        Assert.All(late.Results, r => Assert.Equal(Status.Rejected, r.Status));
        ExportResponse export = await Clients.ExportAsync(new ExportRequest { ClientId = "c1" }, Call()).Within("exported");
        Assert.Empty(export.Profile.Interests);
        Assert.Empty(export.Profile.Counters);
        Assert.Empty(export.RememberedEvents);
    }

    [ToolFact]
    public async Task Erase_LinkedClient_ErasesTheOldIdsToo()
    {
        await ApplyAsync(Event("cookie", "e1"));
        await LinkAsync("known", "cookie");

        await EraseAsync("known");
        await Harness.KillAsync().Within("the engine comes back");
        RecordResponse late = await StoreAsync(Event("cookie", "e2", minutesAgo: 2), Event("known", "e3", minutesAgo: 2));

        Assert.All(late.Results, r => Assert.Equal(Status.Rejected, r.Status));
    }

    [ToolFact]
    public async Task Confirm_Interest_IsKept()
    {
        await ApplyAsync(Event("c1", "e1"));

        await Clients.ConfirmInterestAsync(
            new ConfirmInterestRequest { ClientId = "c1", Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Confirm }, Call()).Within("confirmed");
        await Harness.KillAsync().Within("the engine comes back");

        Assert.Equal(Interest.Types.Trust.Confirmed, Assert.Single((await ProfileAsync("c1")).Interests).Trust);
    }

    [ToolFact]
    public async Task Export_Client_IsComplete()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        await ApplyAsync(Event("cookie", "e0"), Event("c1", "e1", item: "i1"), Event("c1", "e2", type: "purchase"));
        await LinkAsync("c1", "cookie");
        await ConsentAsync("c1", "advertising", Decision.Deny);
        await ConsentAsync("c1", "advertising", Decision.Allow);
        await PickAsync("c1");

        ExportResponse export = await Clients.ExportAsync(new ExportRequest { ClientId = "c1" }, Call()).Within("exported");

        Assert.Equal("c1", export.Profile.ClientId);
        Assert.NotEmpty(export.Profile.Interests);
        Assert.Equal(["purchase", "view"], export.Profile.Counters.Select(c => c.Type).Order());
        Assert.Contains(export.Profile.RecentItems, r => r.ItemId == "i1");
        Assert.Equal(["cookie"], export.Profile.Aliases);
        Assert.Equal([Decision.Deny, Decision.Allow], export.ConsentHistory.Select(c => c.Decision));
        Assert.Equal(3, export.RememberedEvents.Count);
        Assert.Equal(["i1"], export.Impressions.Select(i => i.ItemId));
    }

    [ToolFact]
    public async Task Tenants_SameClientId_NeverMeet()
    {
        await DefineItemsAsync(items: [("i1", "golf")]);
        await StoreAsync(Event("c1", "e1"));

        await ThrowsAsync(Code.NotFound, () => ProfileAsync("c1", OtherTenant));
        await ThrowsAsync(Code.NotFound, () => Definitions.GetItemAsync(new GetItemRequest { ItemId = "i1" }, Call(OtherTenant)).Within("read"));
        Assert.Empty((await PickAsync("c1", OtherTenant)).Picks);

        await Harness.KillAsync().Within("the engine comes back");
        await ThrowsAsync(Code.NotFound, () => ProfileAsync("c1", OtherTenant));
        Assert.Equal(1UL, await CountAsync("c1"));
    }

    [ToolFact]
    public async Task Tenants_NotSetUp_AreRefused()
    {
        await ThrowsAsync(Code.FailedPrecondition, () => ProfileAsync("c1", "unheard-of"));
    }
}
