using System.Collections.Frozen;
using System.Text;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What may not be kept reaches neither the journal nor the profile; what is withheld reaches no recipient.</summary>
public sealed class ConsentGateTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    public static TheoryData<string, string> Secrets => new()
    {
        { "behaviour", "view" },
        { "purchases", "purchase" },
        { "declared", "declare" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Record_ActOfACategoryThatNobodyMayKeep_NotInTheJournalForAMoment(string category, string type)
    {
        Deny(category, TenantWorld.Keeping);
        int before = _grid.Journal.Count;

        RecordResult result = _grid.Record(_client, TenantWorld.Event("secret-id", type, "secret-item", "secret-topic"));

        Assert.Equal((Status.Rejected, before), (result.Status, _grid.Journal.Count));
        Assert.DoesNotContain("secret", Stored(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("location")]
    [InlineData("demographics")]
    [InlineData("contact")]
    public void Record_TraitOfACategoryThatNobodyMayKeep_StrippedFromTheEvent(string category)
    {
        Deny(category, TenantWorld.Keeping);
        FootprintEvent e = TenantWorld.Event("e1", topic: "golf");
        e.Traits.Add(new TraitValue { Name = "secret-name", Value = "secret-value", Category = category });
        e.Traits.Add(new TraitValue { Name = "other", Value = "x", Category = category == "contact" ? "location" : "contact" });

        Assert.Equal(Status.Applied, _grid.Record(_client, e).Status);

        Assert.DoesNotContain("secret", Stored(), StringComparison.Ordinal);
        Assert.Equal("other", Assert.Single(Own().Traits).Name);
        Assert.Equal("golf", Assert.Single(Own().Interests).Topic);
    }

    [Fact]
    public void Record_ActMayNotBeKeptButItsTraitMay_OnlyTheTraitIs()
    {
        Deny("behaviour", TenantWorld.Keeping);
        FootprintEvent e = TenantWorld.Event("e1", "secret-type", "secret-item", "secret-topic");
        e.Traits.Add(new TraitValue { Name = "city", Value = "Paris", Category = "location" });

        Assert.Equal(Status.Applied, _grid.Record(_client, e).Status);

        Assert.DoesNotContain("secret", Stored(), StringComparison.Ordinal);
        Assert.Equal("Paris", Assert.Single(Own().Traits).Value);
        Assert.Empty(Own().Counters);
        Assert.Equal(Status.Duplicate, _grid.Record(_client, e).Status);
    }

    [Fact]
    public void Record_ConclusionsMayNotBeKept_NoInterestIsInferred()
    {
        Deny("inferred", TenantWorld.Keeping);
        _grid.Record(_client, TenantWorld.Event("e1", topic: "secret-topic"));
        _grid.Record(_client, TenantWorld.Event("e2", "declare", topic: "golf"));

        Assert.DoesNotContain("secret", Stored(), StringComparison.Ordinal);
        Assert.Equal("golf", Assert.Single(Own().Interests).Topic);
    }

    [Theory]
    [InlineData("behaviour")]
    [InlineData("purchases")]
    [InlineData("declared")]
    [InlineData("inferred")]
    [InlineData("location")]
    public void SetConsents_LastPurposeOfACategoryGone_WhatWasKeptOfItGoes(string category)
    {
        _grid.Record(_client, TenantWorld.Event("e1", "view", "behaviour-item", "behaviour-inferred-topic"));
        _grid.Record(_client, TenantWorld.Event("e2", "purchase", "purchases-item", "purchases-inferred-topic"));
        _grid.Record(_client, TenantWorld.Event("e3", "declare", "declared-item", "declared-topic"));
        FootprintEvent e = TenantWorld.Event("e4", "search");
        e.Traits.Add(new TraitValue { Name = "location-city", Value = "x", Category = "location" });
        _grid.Record(_client, e);

        Deny(category, TenantWorld.Keeping);

        Assert.DoesNotContain(category + "-", Text(_client.Checkpoint()), StringComparison.Ordinal);
        Assert.DoesNotContain("-" + category, Text(_client.Checkpoint()), StringComparison.Ordinal);
        Assert.NotEmpty(Own().Counters);
        Assert.Equal(_client.Checkpoint(), _grid.Replay(_client).Checkpoint());
    }

    [Fact]
    public void SetConsents_Replace_EarlierRulesHoldNoMoreAndAreRemembered()
    {
        Deny("purchases", [Purposes.Advertising]);
        var request = new SetConsentsRequest { Replace = true, Consents = { new V1.Consent { Purpose = Purposes.Advertising, Decision = Decision.Allow } } };
        var response = new SetConsentsResponse();

        _client.SetConsents(_grid.Turn(), request, response);

        Assert.Equal("*", Assert.Single(response.Consents).Category);
        Assert.Equal(2, _client.Export(_grid.Turn(), new ExportRequest()).ConsentHistory.Count);
        Assert.Empty(_grid.Pick(_client).Withheld);
    }

    [Theory]
    [InlineData("DE", Status.Rejected)]
    [InlineData("US", Status.Applied)]
    [InlineData("FR", Status.Applied)]
    public void Record_FirstEventInACountry_ItsLawHoldsAndItIsKeptWithTheEvent(string country, Status expected)
    {
        _grid.Definitions = new TenantDefinitions("t", ConsentRegime.OptOut)
        {
            Countries = new Dictionary<string, ConsentRegime> { ["DE"] = ConsentRegime.OptIn, ["US"] = ConsentRegime.OptOut }.ToFrozenDictionary(),
        };
        FootprintEvent e = TenantWorld.Event("e1");
        e.Context = new Context { Attributes = { ["country"] = country } };

        Assert.Equal(expected, _grid.Record(_client, e).Status);
        Assert.Equal(expected == Status.Rejected ? [] : [country], _client.Profile.Countries);
    }

    [Fact]
    public void PickContent_CountryOfTheRequest_StricterLawHolds()
    {
        _grid.Definitions = new TenantDefinitions("t", ConsentRegime.OptOut)
        {
            Countries = new Dictionary<string, ConsentRegime> { ["DE"] = ConsentRegime.OptIn }.ToFrozenDictionary(),
        };
        _grid.Record(_client, TenantWorld.Event("e1"));
        var german = new PickContentRequest { Placement = "home", Context = new Context { Attributes = { ["country"] = "DE" } } };

        Assert.True(_grid.Pick(_client).Personalized);
        Assert.Equal(Fallback.Types.Reason.NoConsent, _grid.Pick(_client, german).Fallback);
        _client.SetConsents(_grid.Turn(), new SetConsentsRequest { Country = "DE" }, new SetConsentsResponse());
        Assert.Equal(Fallback.Types.Reason.NoConsent, _grid.Pick(_client).Fallback);
    }

    [Fact]
    public void PickContent_RecipientDenied_NotPersonalForItAlone()
    {
        _grid.Record(_client, TenantWorld.Event("e1", topic: "golf"));
        _client.SetConsents(
            _grid.Turn(),
            new SetConsentsRequest { Consents = { new V1.Consent { Purpose = Purposes.Personalization, Recipient = "acme", Decision = Decision.Deny } } },
            new SetConsentsResponse());

        Assert.Equal(Fallback.Types.Reason.NoConsent, _grid.Pick(_client, new PickContentRequest { Placement = "home", Recipient = "acme" }).Fallback);
        Assert.True(_grid.Pick(_client).Personalized);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Withheld_NamedFromTheRulesAlone(bool hasFacts)
    {
        if (hasFacts)
        {
            _grid.Record(_client, TenantWorld.Event("e1", "purchase", topic: "golf"));
        }

        Deny("purchases", [Purposes.Personalization, Purposes.Advertising, Purposes.Sharing]);
        Deny("location", [Purposes.Personalization, Purposes.Advertising, Purposes.Sharing]);
        var ads = new TargetAdsResponse();
        _client.TargetAds(_grid.Turn(), new TargetAdsRequest { Placement = "top" }, ads);

        Assert.Equal(["location", "purchases"], _grid.Pick(_client).Withheld);
        Assert.Equal(["location", "purchases"], ads.Withheld);
        Assert.Equal(["location", "purchases"], _client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" }).Withheld);
        Assert.Equal(["location", "purchases"], _client.Export(_grid.Turn(), new ExportRequest { Recipient = "acme" }).Profile.Withheld);
    }

    [Fact]
    public void View_SharingDenied_RecipientGetsNothingAndTheClientAll()
    {
        _grid.Record(_client, TenantWorld.Event("e1", "purchase", "i1", "golf"));
        Deny("*", [Purposes.Sharing]);

        Profile given = _client.View(_grid.Turn(), new GetProfileRequest { ClientId = "c", Recipient = "acme" });

        given.Withheld.Clear();
        Assert.Equal(new Profile { ClientId = "c" }, given);
        Assert.Single(Own().Interests);
    }

    [Theory]
    [InlineData("never-spoken-of")]
    [InlineData(Purposes.Measurement)]
    [InlineData(Purposes.Personalization)]
    public void View_SharingDenied_AnotherPurposeIsNoWayAroundIt(string purpose)
    {
        _grid.Record(_client, TenantWorld.Event("e1", "purchase", "i1", "golf"));
        Deny("*", [Purposes.Sharing]);

        AssertNothingFor(purpose);
    }

    [Fact]
    public void View_PrivacySignal_AnotherPurposeIsNoWayAroundIt()
    {
        _grid.Record(_client, TenantWorld.Event("e1", topic: "golf"));
        _client.TakePrivacySignal(_grid.Turn());

        AssertNothingFor("never-spoken-of");
    }

    [Theory]
    [InlineData("never-spoken-of")]
    [InlineData(Purposes.Analytics)]
    public void View_AllDeniedButAPurposeForAnother_AnotherPurposeIsNoWayAroundIt(string purpose)
    {
        _grid.Record(_client, TenantWorld.Event("e1", topic: "golf"));
        var request = new SetConsentsRequest { Replace = true };
        request.Consents.AddRange(TenantWorld.Keeping.Append(Purposes.Sharing).Select(p => new V1.Consent { Purpose = p, Decision = Decision.Deny }));
        request.Consents.Add(new V1.Consent { Purpose = "loyalty", Recipient = "keeper", Decision = Decision.Allow });
        _client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());

        Assert.Single(Own().Interests);
        AssertNothingFor(purpose);
    }

    [Fact]
    public void View_SharingAllowedAndAPurposeDenied_IsWithheldForThatPurposeAlone()
    {
        _grid.Record(_client, TenantWorld.Event("e1", topic: "golf"));
        Deny("*", ["loyalty"]);

        AssertNothingFor("loyalty");
        Assert.Single(_client.View(_grid.Turn(), new GetProfileRequest { ClientId = "c", Recipient = "acme" }).Interests);
    }

    [Fact]
    public void ConfirmInterest_NothingMayBeKept_RejectionIsConfirmationIsNot()
    {
        Deny("*", TenantWorld.Keeping);
        var confirm = new ConfirmInterestRequest { Topic = "golf", Answer = ConfirmInterestRequest.Types.Answer.Confirm };

        Assert.Equal(Google.Rpc.Code.FailedPrecondition, Assert.Throws<GridException>(() => _client.ConfirmInterest(_grid.Turn(), confirm, new())).Code);
        confirm.Answer = ConfirmInterestRequest.Types.Answer.Reject;
        _client.ConfirmInterest(_grid.Turn(), confirm, new ConfirmInterestResponse());

        Assert.Equal(Interest.Types.Trust.Rejected, Assert.Single(Own().Interests).Trust);
    }

    [Fact]
    public void Check_UnknownCategory_RefusedWithTheSevenNamed()
    {
        var request = new SetConsentsRequest { ClientId = "c", Consents = { new V1.Consent { Purpose = "sharing", Category = "shoe-size", Decision = Decision.Deny } } };

        Fault fault = Assert.Single(Assert.Throws<GridException>(() => RequestValidator.Check(request)).Faults);

        Assert.Equal(("consents[0].category", CategoryNames.Listed), (fault.Field, fault.Limit));
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private Profile Own() => _client.View(_grid.Turn(), new GetProfileRequest());

    private void AssertNothingFor(string purpose)
    {
        Profile given = _client.View(_grid.Turn(), new GetProfileRequest { ClientId = "c", Recipient = "acme", Purpose = purpose });
        Profile taken = _client.Export(_grid.Turn(), new ExportRequest { ClientId = "c", Recipient = "acme", Purpose = purpose }).Profile;

        Assert.Equal(7, given.Withheld.Count);
        Assert.Equal(given, taken);
        given.Withheld.Clear();
        Assert.Equal(new Profile { ClientId = "c" }, given);
    }

    private string Stored() => Text(_client.Checkpoint()) + string.Concat(_grid.Journal.Select(j => Text(j.Entry.ToByteArray())));

    private void Deny(string category, string[] purposes)
    {
        var request = new SetConsentsRequest();
        request.Consents.AddRange(purposes.Select(p => new V1.Consent { Purpose = p, Category = category, Decision = Decision.Deny }));
        _client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }
}
