using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Tests.Privacy;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What an act spent that both buys and declares needs both to be allowed, and what other acts spent does not.</summary>
public sealed class DeclaredMoneyTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    public DeclaredMoneyTests()
    {
        _grid.Definitions = _grid.Definitions with { EventTypes = _grid.Definitions.EventTypes.With([TwinWorld.Subscribe]) };
        Buy("purchase", 100);
        Buy(TwinWorld.Subscribe.Type, 300);
    }

    [Fact]
    public void View_AllAllowed_AddsBothUp()
    {
        Money money = _client.View(_grid.Turn(), new GetProfileRequest()).Money;

        Assert.Equal((2UL, 400.0), (money.Purchases, Assert.Single(money.Spent).Amount));
    }

    [Fact]
    public void TargetAds_DeclaredDenied_ConditionSeesWhatWasBoughtAlone()
    {
        Assert.True(Holds("""{"money.spent.EUR":{"$gt":200}}"""));
        Deny("declared", Purposes.Advertising);

        Assert.False(Holds("""{"money.spent.EUR":{"$gt":200}}"""));
        Assert.True(Holds("""{"money.spent.EUR":100,"money.purchases":1}"""));
    }

    [Fact]
    public void View_RecipientWithoutDeclared_GetsWhatWasBoughtAlone()
    {
        Deny("declared", Purposes.Sharing);

        Money money = _client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" }).Money;

        Assert.Equal((1UL, 100.0), (money.Purchases, Assert.Single(money.Spent).Amount));
    }

    [Theory]
    [InlineData("declared", 100.0)]
    [InlineData("purchases", null)]
    public void SetConsents_CategoryThatMayNotBeKept_ItsSumsGo(string category, double? left)
    {
        Deny(category, TenantWorld.Keeping);

        Assert.Equal(left, _client.View(_grid.Turn(), new GetProfileRequest()).Money?.Spent.Single().Amount);
        Assert.Null(SameProfile.Difference(_client.Profile, _grid.Replay(_client).Profile));
    }

    [Fact]
    public void Link_BothSums_AreAddedUpEach()
    {
        ClientActor device = TenantWorld.NewClient("device");
        foreach (string type in new[] { "purchase", TwinWorld.Subscribe.Type })
        {
            FootprintEvent e = Bought("device-" + type, type, 1000);
            e.ClientId = "device";
            _grid.Record(device, e);
        }

        _client.Link(_grid.Turn(), device);
        Assert.Equal(2400.0, _client.View(_grid.Turn(), new GetProfileRequest()).Money.Spent.Single().Amount);

        Deny("declared", TenantWorld.Keeping);
        Assert.Equal(1100.0, _client.View(_grid.Turn(), new GetProfileRequest()).Money.Spent.Single().Amount);
    }

    private void Buy(string type, double amount) => _grid.Record(_client, Bought("of-" + type, type, amount));

    private static FootprintEvent Bought(string id, string type, double amount)
    {
        FootprintEvent e = TenantWorld.Event(id, type);
        e.Value = new V1.Value { Amount = amount, Currency = "EUR" };
        return e;
    }

    private void Deny(string category, params string[] purposes)
    {
        var request = new SetConsentsRequest();
        request.Consents.Add(purposes.Select(p => new V1.Consent { Purpose = p, Category = category, Decision = Decision.Deny }));
        _client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }

    private bool Holds(string condition)
    {
        var request = new TargetAdsRequest { ClientId = "c", Placement = "top", Count = 3 };
        request.LineItems.Add(new LineItem { LineItemId = "l", Bid = 1, Targeting = JsonParser.Default.Parse<Struct>(condition) });
        var response = new TargetAdsResponse();
        _client.TargetAds(_grid.Turn(), request, response);
        return response.Picks.Count > 0;
    }
}
