using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Privacy;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Retention;

/// <summary>What was spent goes with the rules for its purchases, swept day by day.</summary>
public sealed class MoneyExpiryTests
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private readonly TenantWorld _grid = new();

    public MoneyExpiryTests()
    {
        EventType order = TwinWorld.Subscribe.Clone();
        (order.Type, order.Declares) = ("order", false);
        _grid.Definitions = _grid.Definitions with { EventTypes = _grid.Definitions.EventTypes.With([order, TwinWorld.Subscribe]) };
    }

    [Fact]
    public void Expire_OneOfTwoTypes_MoneyGoesAfterTheLastPurchaseOfEither()
    {
        ClientActor client = Client("order", "purchase");
        RetentionRules rules = Type("purchase", 90);

        Sweep(client, rules, 1, 90);
        Assert.DoesNotContain(Profile(client, 90).Counters, c => c.Type == "purchase");
        Assert.Equal(2UL, Profile(client, 90).Money.Purchases);

        Sweep(client, rules, 91, 91);
        Assert.Null(Profile(client, 91).Money);
        Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
    }

    [Fact]
    public void Expire_TypeThatNothingWasBoughtBy_LeavesWhatOthersSpent()
    {
        ClientActor client = Client("order");

        Sweep(client, Type("purchase", 90), 1, 200);

        Assert.Equal(1UL, Profile(client, 200).Money.Purchases);
    }

    [Fact]
    public void Expire_TypesOfOtherClientThatBecameOne_AreNoted()
    {
        ClientActor client = Client("order"), device = TenantWorld.NewClient("device");
        FootprintEvent bought = Bought("purchase", daysAgo: 10);
        bought.ClientId = "device";
        _grid.Record(device, bought);
        client.Link(_grid.Turn(), device);

        Sweep(client, Type("purchase", 90), 1, 91);

        Assert.Null(Profile(client, 91).Money);
    }

    [Fact]
    public void Expire_MoneyOfAVersionThatNotedNoTypes_GoesByTheTypesOfItsCounters()
    {
        StoredProfile stored = ProfileCodec.Save(Client("order", "purchase").Profile);
        stored.Money.Types_.Clear();
        var client = new ClientActor(new ClientKey("t", "c"), ProfileCodec.Load(stored));

        Sweep(client, Type("purchase", 90), 1, 91);

        Assert.Null(Profile(client, 91).Money);
    }

    [Theory]
    [InlineData("declared", 2.0)]
    [InlineData("purchases", null)]
    public void Expire_ByCategory_TakesTheSumsOfIt(string category, double? left)
    {
        ClientActor client = Client("order", "purchase", "subscribe");

        client.Expire(_grid.Turn(At(30)), new RetentionRules { Categories = new Dictionary<string, TimeSpan> { [category] = _day } });

        Assert.Equal(left, Profile(client, 30).Money?.Spent.Single().Amount);
        Assert.Equal(left, (double?)Profile(client, 30).Money?.Purchases);
    }

    [Theory]
    [InlineData("subscribe", 2.0)]
    [InlineData("purchase", 1.0)]
    public void Expire_ByEventType_TakesTheSumWithThatType(string type, double left)
    {
        ClientActor client = Client("order", "purchase", "subscribe");

        client.Expire(_grid.Turn(At(30)), Type(type, 1));

        Assert.Equal(left, Profile(client, 30).Money.Spent.Single().Amount);
    }

    // One a purchase of 1 EUR, the first of them now, each other ten days before.
    private ClientActor Client(params string[] types)
    {
        ClientActor client = TenantWorld.NewClient();
        for (int i = types.Length - 1; i >= 0; i--)
        {
            _grid.Record(client, Bought(types[i], daysAgo: 10 * i));
        }

        return client;
    }

    private static FootprintEvent Bought(string type, int daysAgo)
    {
        FootprintEvent e = TenantWorld.Event("of-" + type, type, minutesAgo: daysAgo * 24 * 60);
        e.Value = new V1.Value { Amount = 1, Currency = "EUR" };
        return e;
    }

    private void Sweep(ClientActor client, RetentionRules rules, int from, int to)
    {
        for (int day = from; day <= to; day++)
        {
            client.Expire(_grid.Turn(At(day)), rules);
        }
    }

    private Profile Profile(ClientActor client, int day) => client.View(_grid.Turn(At(day)), new GetProfileRequest());

    private static RetentionRules Type(string type, int days) => new() { EventTypes = new Dictionary<string, TimeSpan> { [type] = days * _day } };

    private static long At(int days) => TenantWorld.Now + (days * 24L * 60 * 60 * 1000);
}
