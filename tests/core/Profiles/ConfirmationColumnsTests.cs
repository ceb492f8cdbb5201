using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Privacy;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>What a confirmation adds to evidence goes with the evidence that it is added to, and with no other.</summary>
public sealed class ConfirmationColumnsTests
{
    private const long Day = 86_400_000;
    private readonly ProbeWorld _grid = new();

    public ConfirmationColumnsTests() => _grid.Definitions = _grid.Definitions with { EventTypes = _grid.Definitions.EventTypes.With([TwinWorld.Subscribe]) };

    [Fact]
    public void Expire_OfTwoSetsThatDifferInDeclaredAlone_TakesWhatWasAddedToTheOneThatIsDue()
    {
        ClientActor both = Confirmed(hasBought: true);
        ClientActor subscribed = Confirmed(hasBought: false);
        var rules = new RetentionRules { Categories = new Dictionary<string, TimeSpan> { ["inferred"] = TimeSpan.FromDays(30) } };

        both.Expire(_grid.Turn, rules);

        Assert.Equal(Affinity(subscribed), Affinity(both), 9);
        Assert.Equal(ProfileCodec.Save(subscribed.Profile).ColumnCategories.Order(), ProfileCodec.Save(both.Profile).ColumnCategories.Order());
    }

    [Fact]
    public void Affinity_WithoutWhatWasDeclared_NothingOfAConfirmation()
    {
        ClientActor client = Confirmed(hasBought: true);
        int golf = client.Profile.Interests.Find("golf");
        const DataCategories Rest = DataCategories.All & ~DataCategories.Declared;
        Assert.True(client.Profile.Interests.Affinity(golf, _grid.NowMs) > client.Profile.Interests.Affinity(golf, _grid.NowMs, Rest));

        ClientActor unconfirmed = TenantWorld.NewClient();
        Record(unconfirmed, "purchase", 40);

        Assert.Equal(unconfirmed.Profile.Interests.Affinity(0, _grid.NowMs, Rest), client.Profile.Interests.Affinity(golf, _grid.NowMs, Rest));
    }

    /// <summary>They set another bit, and counted what was declared among the categories.</summary>
    [Fact]
    public void Load_AsEarlierVersionsStored_KnowsWhatItWasAddedTo()
    {
        ClientActor client = TenantWorld.NewClient();
        Record(client, "view", 40);
        _grid.Confirm(client, "golf", isTrue: true);
        StoredProfile now = ProfileCodec.Save(client.Profile);
        StoredProfile earlier = now.Clone();
        for (int c = 0; c < earlier.ColumnCategories.Count; c++)
        {
            uint stored = earlier.ColumnCategories[c];
            earlier.ColumnCategories[c] = stored < 256 ? stored : (stored - 256) | 128 | (uint)DataCategories.Declared;
        }

        Assert.NotEqual(now, earlier);
        Assert.Equal(now, ProfileCodec.Save(ProfileCodec.Load(earlier)));
    }

    private ClientActor Confirmed(bool hasBought)
    {
        ClientActor client = TenantWorld.NewClient();
        if (hasBought)
        {
            Record(client, "purchase", 40);
        }

        Record(client, TwinWorld.Subscribe.Type, 20);
        _grid.Confirm(client, "golf", isTrue: true);
        return client;
    }

    private void Record(ClientActor client, string type, int daysAgo) =>
        _grid.Record(client, new FootprintEvent { Type = type, Time = TenantWorld.At(_grid.NowMs - (daysAgo * Day)), Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } });

    private double Affinity(ClientActor client) => client.View(_grid.Turn, new GetProfileRequest()).Interests.Single().Affinity;
}
