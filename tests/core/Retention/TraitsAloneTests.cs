using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Retention;

/// <summary>
/// Clients who forbid that their acts are kept and allow their traits: of their events nothing but the traits is left, and that
/// goes by age like everything else.
/// </summary>
public sealed class TraitsAloneTests
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private readonly TenantWorld _grid = new();

    [Theory]
    [InlineData("location", "mail shoe size ")]
    [InlineData("contact", "city shoe size ")]
    [InlineData("demographics", "city mail ")]
    [InlineData("size", "city mail shoe ")]
    [InlineData("behaviour", "city mail shoe size ")]
    public void Expire_ByCategory_TakesTheTraitsThatCountAsIt(string category, string left)
    {
        ClientActor client = Client();
        RetentionRules rules = new() { Categories = new Dictionary<string, TimeSpan> { [category] = _day } };

        Assert.Null(Expiry.Due(client.Profile, rules, TenantWorld.Now));
        client.Expire(_grid.Turn(At(10)), rules);

        Assert.Equal(left, string.Concat(client.Profile.Traits.All.Select(t => t.Name + " ").Order(StringComparer.Ordinal)));
        Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
    }

    [Fact]
    public void Expire_Idle_TakesTraitsAndDisclosuresOnce()
    {
        ClientActor client = Client();
        Hand(client, TenantWorld.Now + (5 * (long)_day.TotalMilliseconds));
        var rules = new RetentionRules { Idle = _day * 7 };

        // From its last event on, whoever asked about it since.
        Assert.False(client.Expire(_grid.Turn(At(6)), rules));
        Assert.True(client.Expire(_grid.Turn(At(7)), rules));

        Assert.Empty(client.Profile.Traits.All);
        Assert.True(client.Profile.Disclosures.IsEmpty);
        Assert.NotEmpty(client.Profile.Consents.Rules);
        Assert.False(client.Expire(_grid.Turn(At(20)), rules));
        Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
    }

    [Fact]
    public void Expire_ClientOfWhomDisclosuresAreLeftAlone_TheyGoByTheirOwnRuleAndWhenIdle()
    {
        ClientActor left = Handed();
        Assert.False(left.Expire(_grid.Turn(At(400)), RetentionRules.Default));
        Assert.True(left.Expire(_grid.Turn(At(402)), RetentionRules.Default));
        Assert.True(left.Profile.Disclosures.IsEmpty);

        ClientActor idle = Handed();
        Assert.True(idle.Expire(_grid.Turn(At(2)), new RetentionRules { Idle = _day }));
        Assert.True(idle.Profile.Disclosures.IsEmpty);
        Assert.False(idle.Expire(_grid.Turn(At(20)), new RetentionRules { Idle = _day }));
    }

    [Fact]
    public void Expire_IdleThatOnlyRefused_HasNothingDue()
    {
        ClientActor client = Client();
        foreach (string trait in new[] { "city", "mail", "shoe", "size" })
        {
            client.ConfirmInterest(_grid.Turn(), new ConfirmInterestRequest { Trait = trait, Answer = ConfirmInterestRequest.Types.Answer.Reject }, new());
        }

        // What was refused bears no time that idleness counts from: the first look notes one.
        client.Expire(_grid.Turn(At(10)), new RetentionRules { Idle = _day });
        client.Expire(_grid.Turn(At(12)), new RetentionRules { Idle = _day });

        Assert.Equal(4, client.Profile.Traits.All.Count);
        Assert.Null(Expiry.Due(client.Profile, new RetentionRules { Idle = _day }, At(20)));
    }

    [Fact]
    public void Erase_ClientOfTraitsAlone_DidExist()
    {
        ClientActor client = Client();
        client.SetConsents(_grid.Turn(), new SetConsentsRequest { Replace = true }, new SetConsentsResponse());
        Assert.False(client.Profile.HasEvents);
        Assert.Empty(client.Profile.Consents.Rules);

        Assert.True(client.Erase(_grid.Turn()).Existed);
        Assert.False(client.Erase(_grid.Turn()).Existed);
        Assert.False(TenantWorld.NewClient("nobody").Erase(_grid.Turn()).Existed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Expire_ClientOfNothingThatBearsATime_IsIdleFromTheFirstLook(bool isCountry)
    {
        ClientActor client = Timeless(isCountry);
        var rules = new RetentionRules { Idle = _day * 7 };

        // The clock starts with the first look after the last change, once.
        Assert.True(client.Expire(_grid.Turn(At(1)), rules));
        Assert.False(client.Expire(_grid.Turn(At(2)), rules));
        Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
        client.SetConsents(_grid.Turn(At(3)), new SetConsentsRequest { Country = isCountry ? "FR" : "ES" }, new SetConsentsResponse());
        Assert.True(client.Expire(_grid.Turn(At(4)), rules));
        client = ClientActor.Load(client.Key, client.Checkpoint(), []);
        Assert.False(client.Expire(_grid.Turn(At(10)), rules));
        Assert.True(client.Profile.HoldsAnything);

        Assert.True(client.Expire(_grid.Turn(At(12)), rules));

        Assert.True(client.Profile.IsTombstone);
        Assert.False(client.Expire(_grid.Turn(At(30)), rules));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Erase_ClientOfNothingThatBearsATime_DidExist(bool isCountry)
    {
        ClientActor client = Timeless(isCountry);

        Assert.True(client.Erase(_grid.Turn()).Existed);
        Assert.False(client.Erase(_grid.Turn()).Existed);
    }

    [Fact]
    public void Expire_ClientThatDecidedSomethingAndHoldsEventIdsAlone_KeepsTheDecision()
    {
        ClientActor client = Timeless(isCountry: false);
        client.SetConsents(_grid.Turn(), new SetConsentsRequest { Consents = { new V1.Consent { Purpose = "sharing", Decision = Decision.Deny } } }, new SetConsentsResponse());
        var rules = new RetentionRules { Idle = _day };

        Assert.True(client.Expire(_grid.Turn(At(1)), rules));
        Assert.True(client.Expire(_grid.Turn(At(3)), rules));

        Assert.Equal(0, client.Profile.RememberedEvents.Count);
        Assert.NotEmpty(client.Profile.Consents.Rules);
        Assert.False(client.Expire(_grid.Turn(At(30)), rules));
    }

    private static long At(int days) => TenantWorld.Now + (days * (long)_day.TotalMilliseconds) + 1;

    private void Hand(ClientActor client, long nowMs) => client.View(_grid.Turn(nowMs), new GetProfileRequest { ClientId = "c", Recipient = "acme" });

    // Of a yes to a question that was never asked nothing is kept but that its id was seen.
    private ClientActor Timeless(bool isCountry)
    {
        ClientActor client = TenantWorld.NewClient();
        if (isCountry)
        {
            client.SetConsents(_grid.Turn(), new SetConsentsRequest { Country = "ES" }, new SetConsentsResponse());
        }
        else
        {
            FootprintEvent answer = TenantWorld.Event("e1", "probe-answer", topic: "golf");
            (answer.Properties["answer"], answer.Properties["probe"]) = ("yes", "never-asked");
            Assert.Equal(RecordResult.Types.Status.Applied, _grid.Record(client, answer).Status);
        }

        Assert.Equal((0, isCountry ? 0 : 1), (LastKnown.Ms(client.Profile), client.Profile.RememberedEvents.Count));
        return client;
    }

    private ClientActor Handed()
    {
        ClientActor client = Client();
        Hand(client, TenantWorld.Now);
        client.Expire(_grid.Turn(At(1)), new RetentionRules { Categories = new[] { "location", "contact", "demographics" }.ToDictionary(c => c, _ => _day / 24) });
        Assert.Empty(client.Profile.Traits.All);
        return client;
    }

    private ClientActor Client()
    {
        ClientActor client = TenantWorld.NewClient();
        var denied = new SetConsentsRequest();
        string[] keeping = [Purposes.Personalization, Purposes.Advertising, Purposes.Analytics, Purposes.Measurement];
        denied.Consents.Add(keeping.Select(purpose => new V1.Consent { Purpose = purpose, Category = "behaviour", Decision = Decision.Deny }));
        client.SetConsents(_grid.Turn(), denied, new SetConsentsResponse());
        FootprintEvent seen = TenantWorld.Event("e1");
        seen.Traits.Add(new TraitValue { Name = "city", Value = "Bilbao", Category = "location" });
        seen.Traits.Add(new TraitValue { Name = "mail", Value = "a@b.c", Category = "contact" });
        seen.Traits.Add(new TraitValue { Name = "shoe", Value = "42" });
        seen.Traits.Add(new TraitValue { Name = "size", Value = "L", Category = "size" });
        Assert.Equal(RecordResult.Types.Status.Applied, _grid.Record(client, seen).Status);
        Assert.False(client.Profile.HasEvents);
        return client;
    }
}
