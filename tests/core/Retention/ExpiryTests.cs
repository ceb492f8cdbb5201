using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Retention;

public sealed class ExpiryTests
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Due_NothingOldEnough_IsNull()
    {
        ClientActor client = Client();

        Assert.Null(Expiry.Due(client.Profile, new RetentionRules { Idle = _day }, TenantWorld.Now));
        Assert.Null(Expiry.Due(client.Profile, RetentionRules.None, At(1000)));
        Assert.Null(Expiry.Due(client.Profile, Category("location", _day), TenantWorld.Now));
    }

    [Theory]
    [InlineData("behaviour", "counters,recent_items,sessions,impressions,seen")]
    [InlineData("inferred", "interests")]
    [InlineData("purchases", "counters,recent_items,sessions,money,traits,seen")]
    [InlineData("declared", "")]
    [InlineData("location", "traits")]
    [InlineData("demographics", "")]
    public void Expire_ByCategory_TakesItsPartsAndNoOthers(string category, string gone)
    {
        ClientActor client = Client();
        StoredProfile before = ProfileCodec.Save(client.Profile);

        bool expired = client.Expire(_grid.Turn(At(10)), Category(category, _day));

        StoredProfile after = ProfileCodec.Save(client.Profile);
        IEnumerable<string> changed = StoredProfile.Descriptor.Fields.InDeclarationOrder()
            .Where(f => f.Name is not ("journal_sequence" or "version" or "half_life_s" or "column_reference_ms" or "column_categories"))
            .Where(f => !Equals(f.Accessor.GetValue(before), f.Accessor.GetValue(after)))
            .Select(f => f.Name);
        Assert.Equal(gone.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), changed.Order());
        Assert.Equal(gone.Length > 0, expired);
    }

    /// <summary>The trait is of another category than the act, by whose type it would tell of it.</summary>
    [Theory]
    [InlineData("purchases", "")]
    [InlineData("behaviour", "purchase")]
    public void Expire_ByTheCategoryOfTheActThatStatedATrait_TheTraitStaysWithoutTheActsType(string category, string source)
    {
        ClientActor client = Client();

        client.Expire(_grid.Turn(At(10)), Category(category, _day));

        StoredTrait city = Assert.Single(client.Profile.Traits.All);
        Assert.Equal(("Bilbao", source), (city.Value, city.Source));
    }

    [Fact]
    public void Expire_ByTheTypeOfTheActThatStatedATrait_TheTraitStaysWithoutIt()
    {
        ClientActor client = Client();

        client.Expire(_grid.Turn(At(10)), new RetentionRules { EventTypes = new Dictionary<string, TimeSpan> { ["purchase"] = _day } });

        StoredTrait city = Assert.Single(client.Profile.Traits.All);
        Assert.Equal(("Bilbao", ""), (city.Value, city.Source));
    }

    [Fact]
    public void Expire_ByEventType_TakesThatTypeAlone()
    {
        ClientActor client = Client();

        client.Expire(_grid.Turn(At(10)), new RetentionRules { EventTypes = new Dictionary<string, TimeSpan> { ["view"] = _day } });

        Profile profile = client.View(_grid.Turn(At(10)), new GetProfileRequest());
        Assert.Equal(["purchase"], profile.Counters.Select(c => c.Type));
        Assert.Equal(["purchase"], profile.RecentItems.Select(i => i.Type));
    }

    [Fact]
    public void Expire_BehaviourBeforePurchases_LeavesWhatWasBought()
    {
        ClientActor client = Client();

        client.Expire(_grid.Turn(At(60)), new RetentionRules { Categories = new Dictionary<string, TimeSpan> { ["behaviour"] = 30 * _day, ["purchases"] = 3650 * _day } });

        Profile profile = client.View(_grid.Turn(At(60)), new GetProfileRequest());
        Assert.Equal("i2", Assert.Single(profile.RecentItems).ItemId);
        Assert.Equal("purchase", Assert.Single(profile.Counters).Type);
        Assert.Equal(1UL, profile.Money.Purchases);
    }

    [Theory]
    [InlineData("purchase", true)]
    [InlineData("view", false)]
    public void Expire_ByEventType_OneOfPurchasesTakesWhatWasSpent(string type, bool isGone)
    {
        ClientActor client = Client();

        client.Expire(_grid.Turn(At(10)), new RetentionRules { EventTypes = new Dictionary<string, TimeSpan> { [type] = _day } });

        Assert.Equal(isGone, client.View(_grid.Turn(At(10)), new GetProfileRequest()).Money is null);
    }

    [Theory]
    [InlineData("purchases", true)]
    [InlineData("behaviour", false)]
    public void Expire_Conversion_GoesByItsOwnCategory(string category, bool isGone)
    {
        _grid.Definitions = _grid.Definitions with
        {
            EventTypes = _grid.Definitions.EventTypes.With([new EventType { Type = "conversion", Weight = 6, HalfLife = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(_day), Kind = FootprintEvent.Types.Kind.Passive, Purchase = true }]),
        };
        ClientActor client = TenantWorld.NewClient();
        client.ReportOutcome(
            _grid.Turn(),
            new Outcome { OutcomeId = "o", ClientId = "c", CampaignId = "ad", Kind = Outcome.Types.Kind.Conversion, Time = TenantWorld.At(TenantWorld.Now) },
            new RecordResult());
        Assert.NotNull(client.Profile.AdAnswers);

        client.Expire(_grid.Turn(At(10)), Category(category, _day));

        Assert.Equal(isGone, client.Profile.AdAnswers is null);
    }

    [Fact]
    public void Expire_Behaviour_TakesWhenTheClientWasSeenUnlessWhatIsLeftTellsIt()
    {
        ClientActor gone = TenantWorld.NewClient("gone");
        _grid.Record(gone, TenantWorld.Event("e1", minutesAgo: 60));
        ClientActor bought = TenantWorld.NewClient("bought");
        _grid.Record(bought, TenantWorld.Event("e1", minutesAgo: 60));
        _grid.Record(bought, TenantWorld.Event("e2", "purchase", item: "i2", minutesAgo: 30));
        _grid.Record(bought, TenantWorld.Event("e3"));

        foreach (ClientActor client in new[] { gone, bought })
        {
            Assert.True(client.Expire(_grid.Turn(At(10)), Category("behaviour", _day)));
            Assert.False(client.Expire(_grid.Turn(At(10)), Category("behaviour", _day)));
            Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
        }

        Assert.Equal((0L, 0L), (gone.Profile.FirstSeenMs, gone.Profile.LastSeenMs));
        Assert.Null(gone.View(_grid.Turn(At(10)), new GetProfileRequest()).LastSeen);
        Assert.Equal((TenantWorld.Now - (30 * 60_000), TenantWorld.Now - (30 * 60_000)), (bought.Profile.FirstSeenMs, bought.Profile.LastSeenMs));
    }

    [Fact]
    public void Expire_BehaviourOfAClientThatCameBack_TakesTheFirstVisitAlone()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", minutesAgo: 60 * 24 * 50));
        _grid.Record(client, TenantWorld.Event("e2"));

        client.Expire(_grid.Turn(), Category("behaviour", 30 * _day));

        Assert.Equal((TenantWorld.Now, TenantWorld.Now), (client.Profile.FirstSeenMs, client.Profile.LastSeenMs));
    }

    [Fact]
    public void Expire_WhatTheClientSpokeAbout_GoesByDeclaredAndARejectionStays()
    {
        ClientActor client = Client();
        Answer(client, "golf", ConfirmInterestRequest.Types.Answer.Confirm);
        Answer(client, "chess", ConfirmInterestRequest.Types.Answer.Reject);

        Assert.True(client.Expire(_grid.Turn(At(10)), Category("inferred", _day)));
        IReadOnlyList<Interest> said = client.View(_grid.Turn(At(10)), new GetProfileRequest()).Interests;
        Assert.Equal([(Trust.Confirmed, true), (Trust.Rejected, false)], said.Select(i => (i.Trust, i.Affinity > 0)));
        Assert.True(client.Expire(_grid.Turn(At(10)), Category("declared", _day)));

        Assert.Equal(["chess"], client.View(_grid.Turn(At(10)), new GetProfileRequest()).Interests.Select(i => i.Topic));
    }

    [Fact]
    public void Expire_IdleWithDecisions_KeepsTheDecisionsAlone()
    {
        ClientActor client = Client();
        _grid.Consent(client, "sharing", V1.Consent.Types.Decision.Deny);

        Assert.True(client.Expire(_grid.Turn(At(10)), new RetentionRules { Idle = _day }));

        Profile profile = client.View(_grid.Turn(At(10)), new GetProfileRequest());
        Assert.Equal("sharing", Assert.Single(profile.Consents).Purpose);
        Assert.Empty(profile.Interests);
        Assert.Empty(profile.Counters);
        Assert.False(client.Profile.IsTombstone);
        Assert.False(client.Expire(_grid.Turn(At(20)), new RetentionRules { Idle = _day }));
    }

    [Fact]
    public void Expire_IdleWithRejections_KeepsThatTheyWereSaidAndNothingElse()
    {
        ClientActor client = Client();
        Answer(client, "golf", ConfirmInterestRequest.Types.Answer.Reject);
        Reject(client, "city");

        Assert.True(client.Expire(_grid.Turn(At(10)), new RetentionRules { Idle = _day }));

        StoredProfile left = ProfileCodec.Save(client.Profile);
        Assert.Equal([new StoredInterest { Topic = "golf", Trust = Trust.Rejected, TrustMs = TenantWorld.Now, LastSeenMs = TenantWorld.Now }], left.Interests);
        Assert.Equal([new StoredTrait { Name = "city", Category = "location", Trust = Trust.Rejected, TimeMs = TenantWorld.Now }], left.Traits);
        Assert.Empty(left.Counters);
        Assert.Empty(left.HalfLifeS);
        Assert.Empty(left.TrustHistory);
        Assert.Equal(0, left.LastSeenMs);
        Assert.False(client.Expire(_grid.Turn(At(20)), new RetentionRules { Idle = _day }));
        Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
    }

    [Theory]
    [InlineData("idle")]
    [InlineData("behaviour")]
    [InlineData("declared")]
    [InlineData("inferred")]
    [InlineData("location")]
    public void Record_AfterARejectionAndWhateverExpired_NothingCreepsBack(string rule)
    {
        ClientActor client = Client();
        Answer(client, "golf", ConfirmInterestRequest.Types.Answer.Reject);
        Reject(client, "city");
        client.Expire(_grid.Turn(At(10)), rule == "idle" ? new RetentionRules { Idle = _day } : Category(rule, _day));

        for (int i = 0; i < 20; i++)
        {
            FootprintEvent viewed = TenantWorld.Event($"later{i}", item: "i1");
            viewed.Traits.Add(new TraitValue { Name = "city", Value = "Bilbao", Category = "location" });
            Assert.Equal(RecordResult.Types.Status.Applied, _grid.Record(client, viewed).Status);
        }

        Profile profile = client.View(_grid.Turn(), new GetProfileRequest());
        Interest golf = profile.Interests.Single(i => i.Topic == "golf");
        Trait city = profile.Traits.Single(t => t.Name == "city");
        Assert.Equal((Trust.Rejected, 0.0), (golf.Trust, golf.Affinity));
        Assert.Equal((Trust.Rejected, ""), (city.Trust, city.Value));
    }

    [Fact]
    public void Expire_IdleWithoutDecisions_IsErasedAsOfItsLastEvent()
    {
        ClientActor client = Client();
        long last = client.Profile.LastSeenMs;

        Assert.True(client.Expire(_grid.Turn(At(10)), new RetentionRules { Idle = _day }));

        Assert.True(client.Profile.IsTombstone);
        Assert.Equal(last, client.Profile.ErasedAtMs);
    }

    [Fact]
    public void Expire_Replayed_GivesTheSameProfile()
    {
        ClientActor client = Client();
        client.Expire(_grid.Turn(At(10)), new RetentionRules
        {
            Categories = new Dictionary<string, TimeSpan> { ["inferred"] = _day, ["location"] = _day },
            EventTypes = new Dictionary<string, TimeSpan> { ["view"] = _day },
        });

        Assert.Null(SameProfile.Difference(client.Profile, _grid.Replay(client).Profile));
    }

    private static RetentionRules Category(string category, TimeSpan age) => new() { Categories = new Dictionary<string, TimeSpan> { [category] = age } };

    private static long At(int days) => TenantWorld.Now + (days * 24L * 60 * 60 * 1000);

    private void Answer(ClientActor client, string topic, ConfirmInterestRequest.Types.Answer answer) =>
        client.ConfirmInterest(_grid.Turn(), new ConfirmInterestRequest { Topic = topic, Answer = answer }, new ConfirmInterestResponse());

    private void Reject(ClientActor client, string trait) => client.ConfirmInterest(
        _grid.Turn(), new ConfirmInterestRequest { Trait = trait, Answer = ConfirmInterestRequest.Types.Answer.Reject }, new ConfirmInterestResponse());

    private ClientActor Client()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Items(TenantWorld.Item("i1", "golf"));
        _grid.Record(client, TenantWorld.Event("e1", item: "i1"));
        FootprintEvent bought = TenantWorld.Event("e2", "purchase", item: "i2", topic: "chess");
        bought.Value = new V1.Value { Amount = 12.5, Currency = "EUR" };
        bought.Traits.Add(new TraitValue { Name = "city", Value = "Bilbao", Category = "location" });
        _grid.Record(client, bought);
        _grid.Pick(client);
        return client;
    }
}
