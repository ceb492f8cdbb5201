using System.Text;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What nothing may be kept of, and what goes with a category, to the last store.</summary>
public sealed class ForgettingTests
{
    private readonly ProbeWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Fact]
    public void Record_YesThatIsNoAnswer_TheJournalHasNothingButThatItWasSeen()
    {
        FootprintEvent yes = ProbeWorld.Answer("secret-topic", "yes");
        (yes.EventId, yes.ItemId, yes.Source, yes.Value) = ("e1", "secret-item", "secret-source", new Value { Amount = 12.5, Currency = "EUR" });
        yes.Traits.Add(new TraitValue { Name = "secret-name", Value = "secret-value" });
        _grid.Record(_client, yes);

        StoredEvent stored = Assert.Single(_grid.Journal).Event;
        Assert.Equal(new StoredEvent { IdHash = stored.IdHash, TimeMs = stored.TimeMs, TraitsOnly = true }.ToByteArray(), stored.ToByteArray());
    }

    [Fact]
    public void Record_NoWhereNothingMayBeKept_TheJournalHasTheOrderAlone()
    {
        Deny("*");
        FootprintEvent no = ProbeWorld.Answer("golf", "no");
        (no.EventId, no.ItemId, no.Source, no.Value) = ("e1", "secret-item", "secret-source", new Value { Amount = 12.5, Currency = "EUR" });
        _grid.Record(_client, no);

        StoredEvent stored = _grid.Journal.Last().Event;
        Assert.DoesNotContain("secret", Encoding.Latin1.GetString(stored.ToByteArray()), StringComparison.Ordinal);
        Assert.Equal(("golf", null), (stored.Answer.Topic, stored.Value));
        Assert.Equal(Interest.Types.Trust.Rejected, ProbeWorld.Trust(_client, "golf"));
    }

    [Fact]
    public void SetConsents_BehaviourMayNotBeKept_WhatWasAskedGoesAndANoStays()
    {
        _grid.View(_client, "golf", 10);
        Assert.NotNull(_grid.Pick(_client));
        _grid.Record(_client, ProbeWorld.Answer("ski", "no", probe: ""));

        Deny("behaviour");

        StoredProbes kept = ProfileCodec.Save(_client.Profile).Probes;
        Assert.Empty(kept.AskedMs);
        StoredProbe no = Assert.Single(kept.Topics);
        Assert.Equal(("ski", 0L, true), (no.Topic, no.AskedMs, no.DeclinedMs > 0));
    }

    [Fact]
    public void SetConsents_NoActMayBeKept_WhenTheClientWasSeenGoesAndARejectionStays()
    {
        _grid.View(_client, "golf", 10);
        _grid.View(_client, "ski", 10);
        _grid.Confirm(_client, "ski", isTrue: false);

        Deny("*");

        Assert.Equal((0L, 0L), (_client.Profile.FirstSeenMs, _client.Profile.LastSeenMs));
        ClientActor loaded = ProbeWorld.Reload(_client);
        Assert.Equal((1, Interest.Types.Trust.Rejected), (loaded.Profile.Interests.Count, ProbeWorld.Trust(loaded, "ski")));
        Assert.Equal(_client.Checkpoint(), _grid.Replay(_client).Checkpoint());
    }

    private void Deny(string category)
    {
        var request = new SetConsentsRequest();
        request.Consents.AddRange(TenantWorld.Keeping.Select(p => new V1.Consent { Purpose = p, Category = category, Decision = Decision.Deny }));
        _client.SetConsents(_grid.Turn, request, new SetConsentsResponse());
    }
}
