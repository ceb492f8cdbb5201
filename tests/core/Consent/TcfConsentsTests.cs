using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Consent;

/// <summary>The table of docs/privacy.md, from a string to the client's rules.</summary>
public sealed class TcfConsentsTests
{
    private const long DayMs = 24 * 60 * 60 * 1000;
    private const long Today = TenantWorld.Now / DayMs * DayMs;

    [Theory]
    [InlineData(Purposes.Personalization, 5, 6)]
    [InlineData(Purposes.Advertising, 3, 4)]
    [InlineData(Purposes.Analytics, 9, 10)]
    [InlineData(Purposes.Measurement, 7, 8)]
    public void SetConsents_TcfString_AllowsAPurposeWithAllOfItsPurposes(string purpose, int one, int other)
    {
        Assert.Equal(Decision.Allow, Rule(Set(TcfWriter.Of(Today, [], [one, other], [], [])), purpose));
        Assert.Equal(Decision.Deny, Rule(Set(TcfWriter.Of(Today, [], [one], [], [])), purpose));
        Assert.Equal(Decision.Deny, Rule(Set(TcfWriter.Of(Today, [], [other], [], [])), purpose));
    }

    [Theory]
    [InlineData(true, Decision.Allow)]
    [InlineData(false, Decision.Deny)]
    public void SetConsents_TcfString_LocationGoesBySpecialFeatureOne(bool optedIn, Decision expected)
    {
        var set = Set(TcfWriter.Of(Today, optedIn ? [1] : [2], [5, 6], [], []));

        Assert.Equal(expected, Rule(set, Purposes.Personalization, "location"));
        Assert.Equal(Decision.Deny, Rule(set, Purposes.Advertising, "location"));
    }

    [Fact]
    public void SetConsents_TcfString_SharesWithNamedVendorsOnly()
    {
        var set = Set(TcfWriter.Of(Today, [], [3, 4], [], [755]), 755, 10);

        Assert.Equal(Decision.Deny, Rule(set, Purposes.Sharing));
        Assert.Equal(Decision.Allow, Rule(set, Purposes.Sharing, recipient: "iab:755"));
        Assert.Equal(Decision.Allow, Rule(set, Purposes.Advertising, recipient: "iab:755"));
        Assert.Equal(Decision.Deny, Rule(set, Purposes.Personalization, recipient: "iab:755"));
        Assert.Equal(Decision.Deny, Rule(set, Purposes.Sharing, recipient: "iab:10"));
    }

    [Fact]
    public void SetConsents_TcfStringOfADay_CountsFromWhenItFirstCame()
    {
        var set = Set(TcfWriter.Of(Today, [], [5, 6], [], []));
        var late = Set(TcfWriter.Of(Today - (2 * DayMs), [], [5, 6], [], []));

        Assert.Equal(TenantWorld.Now, Ms(set, Purposes.Personalization));
        Assert.Equal(TenantWorld.Now, Ms(set, Purposes.Advertising));
        Assert.Equal(Today - DayMs - 1, Ms(late, Purposes.Personalization));
    }

    [Fact]
    public void SetConsents_TcfStringOfADayAgainThatDay_LeavesWhatTheClientSaidSince()
    {
        var world = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        var denied = new SetConsentsRequest { ClientId = "c", TcfString = TcfWriter.Of(Today, [], [], [], []) };
        client.SetConsents(world.Turn(TenantWorld.Now), denied.Clone(), new SetConsentsResponse());
        var said = new SetConsentsRequest { ClientId = "c", Consents = { new V1.Consent { Purpose = Purposes.Personalization, Decision = Decision.Allow } } };
        client.SetConsents(world.Turn(TenantWorld.Now + 1000), said, new SetConsentsResponse());

        var again = new SetConsentsResponse();
        client.SetConsents(world.Turn(TenantWorld.Now + 2000), denied.Clone(), again);
        Assert.Equal(Decision.Allow, Rule(again, Purposes.Personalization));
        Assert.Equal(2, world.Journal.Count);

        // Another string of that day, and the first again: the client changed its mind twice.
        client.SetConsents(world.Turn(TenantWorld.Now + 3000), new SetConsentsRequest { ClientId = "c", TcfString = TcfWriter.Of(Today, [], [5, 6], [], []) }, new SetConsentsResponse());
        var back = new SetConsentsResponse();
        client.SetConsents(world.Turn(TenantWorld.Now + 4000), denied, back);
        Assert.Equal(Decision.Deny, Rule(back, Purposes.Personalization));
    }

    [Fact]
    public void SetConsents_AllowanceOfADayAgainAfterAnotherString_StaysDenied()
    {
        // A page that is still open sends the string of the morning, after another string and the client's own denial.
        var world = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        var morning = new SetConsentsRequest { ClientId = "c", TcfString = TcfWriter.Of(Today, [], [3, 4, 5, 6], [], []) };
        client.SetConsents(world.Turn(TenantWorld.Now), morning.Clone(), new SetConsentsResponse());
        client.SetConsents(world.Turn(TenantWorld.Now + 1000), new SetConsentsRequest { ClientId = "c", TcfString = TcfWriter.Of(Today, [], [], [], []) }, new SetConsentsResponse());
        var again = new SetConsentsResponse();
        client.SetConsents(world.Turn(TenantWorld.Now + 2000), morning.Clone(), again);
        Assert.Equal(Decision.Deny, Rule(again, Purposes.Advertising));
        Assert.Equal(Decision.Deny, Rule(again, Purposes.Personalization));
        Assert.Equal(2, world.Journal.Count);

        var late = new SetConsentsResponse();
        client.SetConsents(world.Turn(TenantWorld.Now + (2 * DayMs)), morning, late);
        Assert.Equal(Decision.Deny, Rule(late, Purposes.Advertising));
    }

    [Fact]
    public void SetConsents_TcfStringOfADayAfterTheSignalOfThatDay_Allows()
    {
        var world = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        client.TakePrivacySignal(world.Turn(TenantWorld.Now - 1000));

        var set = new SetConsentsResponse();
        client.SetConsents(world.Turn(), new SetConsentsRequest { ClientId = "c", TcfString = TcfWriter.Of(Today, [], [3, 4], [], []) }, set);

        Assert.Equal(Decision.Allow, Rule(set, Purposes.Advertising));
    }

    [Fact]
    public void SetConsents_OldTcfStringAgain_LeavesWhatTheClientSaidSince()
    {
        var world = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        string old = TcfWriter.Of(Today - (2 * DayMs), [], [], [], []);
        client.SetConsents(world.Turn(), new SetConsentsRequest { ClientId = "c", TcfString = old }, new SetConsentsResponse());
        var said = new SetConsentsRequest { ClientId = "c", Consents = { new V1.Consent { Purpose = Purposes.Personalization, Decision = Decision.Allow } } };
        client.SetConsents(world.Turn(), said, new SetConsentsResponse());

        var again = new SetConsentsResponse();
        client.SetConsents(world.Turn(), new SetConsentsRequest { ClientId = "c", TcfString = old }, again);

        Assert.Equal(Decision.Allow, Rule(again, Purposes.Personalization));
        Assert.Equal(Decision.Deny, Rule(again, Purposes.Advertising));
    }

    [Fact]
    public void SetConsents_TcfStringOfTheFuture_IsRefused()
    {
        var fault = Assert.Throws<GridException>(() => Set(TcfWriter.Of(Today + (2 * DayMs), [], [], [], [])));

        Assert.Equal("tcfString", Assert.Single(fault.Faults).Field);
    }

    [Fact]
    public void Check_TcfStringThatIsNone_NamesFieldAndLimit()
    {
        var request = new SetConsentsRequest { ClientId = "c", TcfString = "hello", TcfVendors = { 0 } };

        var fault = Assert.Throws<GridException>(() => RequestValidator.Check(request));

        Assert.Equal(["tcfString", "tcfVendors[0]"], fault.Faults.Select(f => f.Field));
        Assert.Equal("version 2", fault.Faults[0].Limit);
    }

    [Fact]
    public void Check_VendorsWithoutAString_AreRefused()
    {
        var request = new SetConsentsRequest { ClientId = "c", TcfVendors = { 5 }, Consents = { new V1.Consent { Purpose = "sharing", Decision = Decision.Deny } } };

        Assert.Equal("tcfVendors", Assert.Single(Assert.Throws<GridException>(() => RequestValidator.Check(request)).Faults).Field);
    }

    private static SetConsentsResponse Set(string tcf, params int[] vendors)
    {
        var response = new SetConsentsResponse();
        var request = new SetConsentsRequest { ClientId = "c", TcfString = tcf };
        request.TcfVendors.AddRange(vendors);
        RequestValidator.Check(request);
        TenantWorld.NewClient().SetConsents(new TenantWorld().Turn(), request, response);
        return response;
    }

    private static V1.Consent Find(SetConsentsResponse set, string purpose, string category = "*", string recipient = "*") =>
        set.Consents.Single(c => c.Purpose == purpose && c.Category == category && c.Recipient == recipient);

    private static long Ms(SetConsentsResponse set, string purpose) => Find(set, purpose).Time.ToDateTimeOffset().ToUnixTimeMilliseconds();

    private static Decision Rule(SetConsentsResponse set, string purpose, string category = "*", string recipient = "*") =>
        Find(set, purpose, category, recipient).Decision;
}
