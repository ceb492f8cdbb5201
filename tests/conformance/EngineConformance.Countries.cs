using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Conformance;

public abstract partial class EngineConformance
{
    [ToolTheory]
    [InlineData("FR", Status.Durable)]
    [InlineData("DE", Status.Rejected)]
    [InlineData("", Status.Durable)]
    public async Task Record_InACountry_IsKeptAsItsRegimeSays(string country, Status expected)
    {
        FootprintEvent e = Event("traveller", "e1");
        e.Context = new Context { Attributes = { ["country"] = country } };

        RecordResponse response = await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, e), Call(OtherTenant)).Within("recorded");

        Assert.Equal(expected, Assert.Single(response.Results).Status);
    }

    [ToolFact]
    public async Task Regimes_OfACountry_HoldForItsClientsAndAfterARestart()
    {
        await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("settler", "e1"), Event("stayer", "e1")), Call(OtherTenant)).Within("recorded");
        await Clients.SetConsentsAsync(new SetConsentsRequest { ClientId = "settler", Country = "DE" }, Call(OtherTenant)).Within("the country is set");

        Assert.False((await PickAsync("settler", OtherTenant)).Personalized);
        Assert.True((await PickAsync("stayer", OtherTenant)).Personalized);
        await Harness.RestartAsync().Within("the engine comes back");
        Assert.False((await PickAsync("settler", OtherTenant)).Personalized);

        await ConsentAsync("settler", "personalization", Decision.Allow, OtherTenant);
        RecordResponse again = await Clients.RecordAsync(Batch(RecordRequest.Types.Ack.Durable, Event("settler", "e2")), Call(OtherTenant)).Within("recorded");
        Assert.Equal(Status.Durable, Assert.Single(again.Results).Status);
        Assert.True((await PickAsync("settler", OtherTenant)).Personalized);
    }
}
