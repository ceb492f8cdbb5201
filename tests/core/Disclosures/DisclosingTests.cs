using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Kind = Footprint.Grid.V1.Disclosure.Types.Kind;

namespace Footprint.Grid.Core.Tests.Disclosures;

/// <summary>Which answers leave a disclosure, what it says, and what becomes of it.</summary>
public sealed class DisclosingTests
{
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Answers_ToARecipient_AreOnRecordByKindAndPurpose()
    {
        ClientActor client = Client();

        Pick(client, "acme");
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { Placement = "top", Recipient = "acme" }, new TargetAdsResponse());
        client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" });
        client.Export(_grid.Turn(), new ExportRequest { Recipient = "acme", Purpose = "loyalty" });

        Assert.Equal(
            [("personalization", Kind.ContentPicks, 1UL), ("advertising", Kind.Ads, 1UL), ("sharing", Kind.Profile, 1UL), ("loyalty", Kind.Export, 1UL)],
            Own(client).OrderBy(d => d.Kind).Select(d => (d.Purpose, d.Kind, d.Count)));
        Assert.All(Own(client), d => Assert.Equal(("acme", "2026-09-21"), (d.Recipient, d.Day)));
        Assert.All(Own(client), d => Assert.Equal(["behaviour", "inferred"], d.Categories));
    }

    /// <summary>A segment goes out where everything may; what it goes by is known for itself.</summary>
    [Fact]
    public void Answers_WithNothingButASegmentThatGoesByWhatIsWithheld_LeaveNone()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Definitions = _grid.Definitions with { Segments = _grid.Definitions.Segments.With([new Segment { SegmentId = "s", Condition = Google.Protobuf.JsonParser.Default.Parse<Google.Protobuf.WellKnownTypes.Struct>("""{"counters.view.total":{"$gte":1}}""") }]) };
        _grid.Record(client, TenantWorld.Event("e1"));
        var denied = new SetConsentsRequest();
        denied.Consents.Add(new[] { "behaviour", "purchases", "declared", "location", "demographics", "contact" }.Select(c => new V1.Consent { Purpose = "sharing", Category = c, Decision = Decision.Deny }));
        client.SetConsents(_grid.Turn(), denied, new SetConsentsResponse());

        client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" });

        Assert.Single(client.Profile.Segments.All.ToArray());
        Assert.Empty(Own(client));
    }

    [Theory]
    [InlineData("")]
    [InlineData("self")]
    public void Answers_ToTheTenantItself_LeaveNoneAndJournalNothing(string recipient)
    {
        ClientActor client = Client();
        int before = _grid.Journal.Count;

        Pick(client, recipient);
        client.TargetAds(_grid.Turn(), new TargetAdsRequest { Placement = "top", Recipient = recipient }, new TargetAdsResponse());
        client.View(_grid.Turn(), new GetProfileRequest { Recipient = recipient });
        client.Export(_grid.Turn(), new ExportRequest { Recipient = recipient });

        Assert.Empty(Own(client));
        Assert.Equal(before, _grid.Journal.Count);
    }

    [Fact]
    public void Answers_WithNothingOfTheProfileInThem_LeaveNone()
    {
        ClientActor unknown = TenantWorld.NewClient();
        Pick(unknown, "acme");
        ClientActor withdrawn = Client();
        _grid.Consent(withdrawn, "sharing", Decision.Deny);
        _grid.Consent(withdrawn, "personalization", Decision.Deny);
        Pick(withdrawn, "acme");
        withdrawn.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" });

        Assert.Empty(Own(unknown));
        Assert.Empty(Own(withdrawn));
    }

    [Fact]
    public void Categories_OfARow_AreThoseOfFactsThatWereAllowed()
    {
        ClientActor client = Client();
        FootprintEvent located = TenantWorld.Event("e9");
        located.Traits.Add(new TraitValue { Name = "city", Value = "Bilbao", Category = "location" });
        located.Traits.Add(new TraitValue { Name = "mail", Value = "a@b.c", Category = "contact" });
        _grid.Record(client, located);
        var denial = new V1.Consent { Purpose = "sharing", Category = "contact", Decision = Decision.Deny };
        client.SetConsents(_grid.Turn(), new SetConsentsRequest { Consents = { denial } }, new SetConsentsResponse());

        client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" });

        Assert.Equal(["behaviour", "location", "inferred"], Assert.Single(Own(client)).Categories);
    }

    [Fact]
    public void Picks_OfOneDay_AreCountedAndJournalledWheneverTheirNumberDoubles()
    {
        ClientActor client = Client();
        int before = _grid.Journal.Count;

        for (int i = 0; i < 20; i++)
        {
            Pick(client, "acme");
        }

        Assert.Equal(20UL, Assert.Single(Own(client)).Count);
        Assert.Equal([1UL, 2, 4, 8, 16], _grid.Journal.Skip(before).Select(j => j.Entry.Disclosed.Row.Count));
        Assert.Equal(16UL, Assert.Single(Own(_grid.Replay(client))).Count);
        Assert.Equal(20UL, Assert.Single(Own(ClientActor.Load(client.Key, client.Checkpoint(), []))).Count);
    }

    [Fact]
    public void Picks_WithAFurtherCategory_AreJournalledAtOnce()
    {
        ClientActor client = Client();
        for (int i = 0; i < 5; i++)
        {
            Pick(client, "acme");
        }

        _grid.Record(client, TenantWorld.Event("e9", "purchase", topic: "golf"));
        Pick(client, "acme");

        StoredDisclosure row = _grid.Journal[^1].Entry.Disclosed.Row;
        Assert.Equal(6UL, row.Count);
        Assert.Contains("purchases", Assert.Single(Own(_grid.Replay(client))).Categories);
    }

    [Fact]
    public void Profiles_ToARecipient_AreEachJournalled()
    {
        ClientActor client = Client();

        for (int i = 0; i < 7; i++)
        {
            client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" });
        }

        Assert.Equal(7UL, Assert.Single(Own(_grid.Replay(client))).Count);
    }

    [Fact]
    public void Answers_ThatCannotBePutOnRecord_HaveNothingOfTheProfile()
    {
        ClientActor client = Client();
        _grid.IsJournalFull = true;

        PickContentResponse picked = Pick(client, "acme");

        Assert.False(picked.Personalized);
        Assert.Equal(Fallback.Types.Reason.NoProfile, picked.Fallback);
        Assert.DoesNotContain(picked.Picks.SelectMany(p => p.Reasons), r => r.Kind == Reason.Types.Kind.Interest);
        Assert.True(Pick(client, "").Personalized);
        Assert.Throws<GridException>(() => client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" }));
    }

    [Fact]
    public void Recipients_OneTooMany_GetNothingOfTheProfile()
    {
        ClientActor client = Client();
        for (int i = 0; i < ProfileLimits.Recipients; i++)
        {
            Assert.True(Pick(client, $"r{i}").Personalized);
        }

        Assert.False(Pick(client, "another").Personalized);
        var refused = Assert.Throws<GridException>(() => client.View(_grid.Turn(), new GetProfileRequest { Recipient = "another" }));
        Assert.Equal(Code.ResourceExhausted, refused.Code);
        Assert.Equal("recipient", Assert.Single(refused.Faults).Field);
        Assert.True(Pick(client, "r3").Personalized);

        ClientActor other = TenantWorld.NewClient("cookie");
        _grid.Record(other, TenantWorld.Event("e7", topic: "golf"));
        Pick(other, "another");
        Assert.Equal(Code.FailedPrecondition, Assert.Throws<GridException>(() => client.Link(_grid.Turn(), other)).Code);
    }

    [Fact]
    public void View_OfARecipient_NeverHasDisclosures()
    {
        ClientActor client = Client();
        Pick(client, "acme");

        Assert.Empty(client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" }).Disclosures);
        Assert.Empty(client.Export(_grid.Turn(), new ExportRequest { Recipient = "other" }).Profile.Disclosures);
        Assert.Null(client.Export(_grid.Turn(), new ExportRequest { Recipient = "other" }).Stored);
    }

    [Fact]
    public void Link_OfTwo_AddsTheirRecordsUp()
    {
        ClientActor known = Client();
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.Record(cookie, TenantWorld.Event("e7", topic: "chess"));
        Pick(known, "acme");
        Pick(cookie, "acme");
        Pick(cookie, "zeta");

        known.Link(_grid.Turn(), cookie);

        Assert.Equal([("zeta", 1UL), ("acme", 2UL)], Own(known).Select(d => (d.Recipient, d.Count)));
        Assert.Equal(Own(known), Own(_grid.Replay(known)));
        Assert.True(cookie.Profile.Disclosures.IsEmpty);
    }

    [Fact]
    public void Erase_TakesTheRecord()
    {
        ClientActor client = Client();
        Pick(client, "acme");

        client.Erase(_grid.Turn());

        Assert.True(client.Profile.Disclosures.IsEmpty);
        Assert.True(client.Profile.IsTombstone);
    }

    [Fact]
    public void Expire_AfterTheRetentionOfDisclosures_TakesTheDaysThatAreOver()
    {
        ClientActor client = Client();
        Pick(client, "acme");
        long day = TenantWorld.Now / DisclosureLog.DayMs * DisclosureLog.DayMs;
        client.View(_grid.Turn(day + DisclosureLog.DayMs), new GetProfileRequest { Recipient = "zeta" });

        Assert.False(client.Expire(_grid.Turn(day + (401 * DisclosureLog.DayMs) - 1), RetentionRules.Default));
        Assert.True(client.Expire(_grid.Turn(day + (401 * DisclosureLog.DayMs)), RetentionRules.Default));

        Assert.Equal("zeta", Assert.Single(Own(client)).Recipient);
        Assert.Equal(Own(client), Own(_grid.Replay(client)));
    }

    private static IReadOnlyList<Disclosure> Own(ClientActor client) => client.View(new TenantWorld().Turn(), new GetProfileRequest()).Disclosures;

    private PickContentResponse Pick(ClientActor client, string recipient) =>
        _grid.Pick(client, new PickContentRequest { ClientId = client.Key.ClientId, Placement = "home", Recipient = recipient });

    private ClientActor Client()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Items(TenantWorld.Item("i1", "golf"));
        _grid.Record(client, TenantWorld.Event("e1", topic: "golf"));
        return client;
    }
}
