using System.Collections.Frozen;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>The client is where its last event says, and the law there holds from then on for whatever is kept of it.</summary>
public sealed class CountryTests
{
    private const long Hour = 3_600_000;

    private static readonly FrozenDictionary<string, ConsentRegime> _countries =
        new Dictionary<string, ConsentRegime> { ["DE"] = ConsentRegime.OptIn, ["US"] = ConsentRegime.OptOut }.ToFrozenDictionary();

    private readonly TenantWorld _grid = new() { Definitions = new("t", ConsentRegime.OptOut) { Countries = _countries } };
    private readonly ClientActor _client = TenantWorld.NewClient();
    private int _events;

    [Fact]
    public void Record_RefusedEventOfAStricterCountry_ItsLawHoldsAndWhatItForbidsGoes()
    {
        _grid.Record(_client, In("US", "e1"));
        Assert.True(_grid.Pick(_client).Personalized);

        Assert.Equal(Status.Rejected, _grid.Record(_client, In("DE", "e2")).Status);

        Assert.Equal(["DE"], _client.Profile.Countries);
        Assert.Equal(Fallback.Types.Reason.NoConsent, _grid.Pick(_client).Fallback);
        Assert.Equal(7, _client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" }).Withheld.Count);
        Assert.Equal((0, 0, 0L), (_client.Profile.Interests.Count, _client.Profile.Counters.All.Count, _client.Profile.LastSeenMs));
        Assert.Equal(_client.Checkpoint(), _grid.Replay(_client).Checkpoint());
    }

    [Fact]
    public void Record_KeptEventOfAStricterCountry_WhatTheLawForbidsGoes()
    {
        _grid.Record(_client, In("US", "e1", "purchase"));
        _client.SetConsents(
            _grid.Turn(),
            new SetConsentsRequest { Consents = { new V1.Consent { Purpose = Purposes.Personalization, Category = "behaviour", Decision = Decision.Allow } } },
            new SetConsentsResponse());

        Assert.Equal(Status.Applied, _grid.Record(_client, In("DE", "e2")).Status);

        Assert.Equal("view", Assert.Single(_client.Profile.Counters.All).Type);
        Assert.Equal(0UL, _client.Profile.Money.Purchases);
    }

    [Fact]
    public void Record_EventThatIsNotTheClientsNews_DoesNotMoveIt()
    {
        _grid.Record(_client, In("DE", "e0"));
        _grid.Record(_client, In("US", "e1"));
        _client.SetConsents(_grid.Turn(TenantWorld.Now - (20 * Hour) + 1), new SetConsentsRequest { Country = "DE" }, new SetConsentsResponse());

        _grid.Record(_client, In("US", "e1"));
        Assert.Equal(["DE"], _client.Profile.Countries);

        _client.Erase(_grid.Turn());
        _grid.Record(_client, TenantWorld.Event("e2", minutesAgo: -1));
        _grid.Record(_client, In("DE", "e3"));
        Assert.Empty(_client.Profile.Countries);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Record_LateEventFromElsewhere_DoesNotMoveTheClient(bool isImported)
    {
        FootprintEvent late = In("US", "late");
        late.Imported = isImported;
        Allow(Purposes.Measurement);
        _grid.Record(_client, In("US", "e1"));
        _grid.Record(_client, In("DE", "e2"));
        _grid.Record(_client, In("DE", "e3"));

        late.Time = TenantWorld.At(EventIntake.TimeMs(late.Time) + (5 * Hour));
        _grid.Record(_client, late);

        Assert.Equal(["DE"], _client.Profile.Countries);
        Assert.Equal(Fallback.Types.Reason.NoConsent, _grid.Pick(_client).Fallback);
        Assert.Equal(_client.Checkpoint(), _grid.Replay(_client).Checkpoint());
        _grid.Record(_client, In("US", "e4"));
        Assert.Equal(["US"], _client.Profile.Countries);
    }

    /// <summary>Nothing of it may be kept where the client is, so nothing is, though it may where it happened.</summary>
    [Fact]
    public void Record_LateEventOfALaxerCountry_NothingThatTheClientsLawForbidsIsKept()
    {
        FootprintEvent late = In("US", "late");
        _grid.Record(_client, In("US", "e1"));
        _grid.Record(_client, In("DE", "e2"));

        Assert.Equal(Status.Rejected, _grid.Record(_client, late).Status);

        Assert.Equal(0, _client.Profile.Interests.Count);
    }

    [Fact]
    public void Record_TwoCountriesAtTheSameTime_StricterLawHoldsInAnyOrder()
    {
        foreach (string[] order in new[] { new[] { "US", "DE" }, ["DE", "US"] })
        {
            ClientActor client = TenantWorld.NewClient();
            foreach (string country in order)
            {
                FootprintEvent e = In(country, country);
                e.Time = TenantWorld.At(TenantWorld.Now - Hour);
                client.SetConsents(_grid.Turn(), Allowing(Purposes.Measurement), new SetConsentsResponse());
                _grid.Record(client, e);
            }

            Assert.Equal(["DE", "US"], client.Profile.Countries);
            Assert.Equal(Fallback.Types.Reason.NoConsent, _grid.Pick(client).Fallback);
        }
    }

    [Theory]
    [InlineData(1, "DE")]
    [InlineData(-1, "US")]
    [InlineData(0, "DE US")]
    public void Merge_OfTwo_TheLaterCountryHoldsInAnyOrder(int later, string expected)
    {
        ClientProfile[] Both() =>
        [
            ProfileCodec.Load(new StoredProfile { Countries = { "US" }, CountriesMs = 100 }),
            ProfileCodec.Load(new StoredProfile { Countries = { "DE" }, CountriesMs = 100 + later }),
        ];
        ClientProfile[] there = Both();
        ClientProfile[] back = Both();
        there[0].Merge(there[1]);
        back[1].Merge(back[0]);

        Assert.Equal(expected, string.Join(' ', there[0].Countries));
        Assert.Equal((expected, there[0].Whereabouts.LastMs), (string.Join(' ', back[1].Countries), back[1].Whereabouts.LastMs));
    }

    [Fact]
    public void Record_AnswerFromAStricterCountry_ItsLawHolds()
    {
        _grid.Record(_client, In("US", "e1"));
        FootprintEvent yes = ProbeWorld.Answer("golf", "yes");
        (yes.ClientId, yes.EventId, yes.Time, yes.Context) = ("c", "e2", TenantWorld.At(TenantWorld.Now), new Context { Attributes = { ["country"] = "DE" } });

        Assert.Equal(Status.Rejected, _grid.Record(_client, yes).Status);

        Assert.Equal(["DE"], _client.Profile.Countries);
        Assert.Equal(0, _client.Profile.Interests.Count);
    }

    [Fact]
    public void PickContent_AskedInAStricterCountry_CountsForNoReport()
    {
        var grid = new ProbeWorld();
        grid.Definitions = grid.Definitions with { Countries = _countries };
        ClientActor client = TenantWorld.NewClient();
        grid.View(client, "golf", 10);
        foreach (string purpose in new[] { Purposes.Personalization, Purposes.Measurement })
        {
            client.SetConsents(
                grid.Turn, new SetConsentsRequest { Consents = { new V1.Consent { Purpose = purpose, Decision = Decision.Allow } } }, new SetConsentsResponse());
        }

        var request = new PickContentRequest { ClientId = "c", Placement = "home", Context = new Context { Attributes = { ["country"] = "DE" } } };
        var response = new PickContentResponse();
        client.PickContent(grid.Turn, request, response);

        Assert.Equal("golf", response.Probe.Topic);
        Assert.False(client.Profile.Probes!.IsCounted);
        Assert.Equal("", ProbeWorld.Rows(grid.Counts.Save()));
    }

    /// <summary>Profiles of earlier versions do not say when.</summary>
    [Fact]
    public void Link_CountryOfAnUnknownTime_TheStricterLawHoldsEitherWay()
    {
        foreach (bool isKnowns in new[] { true, false })
        {
            var old = new ClientActor(new ClientKey("t", isKnowns ? "known" : "device"), ProfileCodec.Load(new StoredProfile { Version = 1, Countries = { "DE" } }));
            ClientActor other = TenantWorld.NewClient(isKnowns ? "device" : "known");
            _grid.Record(other, In("US", isKnowns ? "e1" : "e2"));
            (ClientActor known, ClientActor device) = isKnowns ? (old, other) : (other, old);

            known.Link(_grid.Turn(), device);

            Assert.Equal(["DE", "US"], known.Profile.Countries);
        }
    }

    private static SetConsentsRequest Allowing(string purpose) =>
        new() { Consents = { new V1.Consent { Purpose = purpose, Decision = Decision.Allow } } };

    private void Allow(string purpose) => _client.SetConsents(_grid.Turn(), Allowing(purpose), new SetConsentsResponse());

    // Each two hours after the one before it.
    private FootprintEvent In(string country, string id, string type = "view")
    {
        FootprintEvent e = TenantWorld.Event(id, type, topic: "golf", minutesAgo: 60 * (24 - (2 * ++_events)));
        e.Context = new Context { Attributes = { ["country"] = country } };
        return e;
    }
}
