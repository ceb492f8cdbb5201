using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>Caps of line items: one ad server neither learns from nor is bound by what another one showed.</summary>
public sealed class LineItemCapTests
{
    private const long Hour = 3_600_000;
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Cap_OfALineItem_CountsWhatItsRecipientShowedAlone()
    {
        ClientActor client = Known();

        Assert.True(Shows(client, "acme", "l"));
        Assert.True(Shows(client, "globex", "l"));
        Assert.True(Shows(client, "", "l"));
        foreach (ClientActor same in new[] { client, _grid.Replay(client), ClientActor.Load(client.Key, client.Checkpoint(), []) })
        {
            Assert.DoesNotContain(new[] { "acme", "globex", "", "self" }, recipient => Shows(same, recipient, "l"));
        }
    }

    [Fact]
    public void Cap_OfALineItemFromBeforeRecipientsWereKept_CountsForAll()
    {
        ClientActor client = Known();
        StoredProfile stored = ProfileCodec.Save(client.Profile);
        stored.AdImpressions.Add(new StoredImpression { Kind = StoredImpression.Types.Kind.LineItem, Key = "l", Placement = "top", TimeMs = TenantWorld.Now - 1, UntilMs = TenantWorld.Now + Hour });
        var old = new ClientActor(client.Key, ProfileCodec.Load(stored.Clone()));
        stored.AdImpressions.Clear();
        stored.AdImpressionsLostMs = TenantWorld.Now - 1;
        var lost = new ClientActor(client.Key, ProfileCodec.Load(stored));

        Assert.DoesNotContain(new[] { "acme", "" }, recipient => Shows(old, recipient, "l") || Shows(lost, recipient, "m"));
        Assert.True(Shows(old, "acme", "m"));
    }

    [Fact]
    public void Cap_OfALineItem_IsNotBoundByARecipientThatShowsMoreThanIsRemembered()
    {
        ClientActor client = Known();
        Assert.True(Shows(client, "globex", "l"));
        for (int i = 0; i <= ProfileLimits.AdImpressions; i++)
        {
            Assert.Equal(i < ProfileLimits.AdImpressions, Shows(client, "acme", $"l{i}"));
        }

        foreach (ClientActor same in new[] { _grid.Replay(client), ClientActor.Load(client.Key, client.Checkpoint(), []), client })
        {
            Assert.False(Shows(same, "acme", "one more"));
            Assert.False(Shows(same, "globex", "l"));
            Assert.True(Shows(same, "globex", "one more"));
        }
    }

    // Once in an hour.
    private bool Shows(ClientActor client, string recipient, string lineItem)
    {
        var request = new TargetAdsRequest { ClientId = "c", Placement = "top", Recipient = recipient };
        request.LineItems.Add(new LineItem { LineItemId = lineItem, Bid = 1, FrequencyCaps = { TenantWorld.Cap(1, Hour) } });
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(), request, response);
        return response.Picks.Count > 0;
    }

    private ClientActor Known()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e", topic: "a"));
        return client;
    }
}
