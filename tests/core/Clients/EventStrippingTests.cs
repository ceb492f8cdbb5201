using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What is taken out of an event when nobody may keep some category of it.</summary>
public sealed class EventStrippingTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Theory]
    [InlineData("declared")]
    [InlineData("purchases")]
    public void Record_TypeThatBuysAndDeclares_NeedsBothCategories(string denied)
    {
        var half = Duration.FromTimeSpan(TimeSpan.FromDays(30));
        EventType subscribe = new() { Type = "subscribe", Weight = 5, HalfLife = half, Kind = FootprintEvent.Types.Kind.Active, Purchase = true, Declares = true };
        _grid.Definitions = _grid.Definitions with { EventTypes = _grid.Definitions.EventTypes.With([subscribe]) };
        _grid.Record(_client, TenantWorld.Event("e1", "subscribe", topic: "golf"));
        Assert.Equal((Interest.Types.Trust.Inferred, 1UL), (Assert.Single(Own().Interests).Trust, Own().Counters.Single().Total));

        Deny(denied, TenantWorld.Keeping);

        Assert.Empty(Own().Counters);
        Assert.Equal(Status.Rejected, _grid.Record(_client, TenantWorld.Event("e2", "subscribe", topic: "golf")).Status);
        Assert.Empty(Own().Counters);
    }

    [Fact]
    public void Record_OnePurposeLeftForTheCategory_Kept()
    {
        Deny("purchases", [.. TenantWorld.Keeping[1..], Purposes.Sharing]);

        Assert.Equal(Status.Applied, _grid.Record(_client, TenantWorld.Event("e1", "purchase")).Status);
    }

    private Profile Own() => _client.View(_grid.Turn(), new GetProfileRequest());

    private void Deny(string category, params string[] purposes)
    {
        var request = new SetConsentsRequest();
        request.Consents.Add(purposes.Select(p => new V1.Consent { Purpose = p, Category = category, Decision = Decision.Deny }));
        _client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }
}
