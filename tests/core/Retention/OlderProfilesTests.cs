using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Retention;

/// <summary>Profiles that a version stored which did not keep times by categories, and what retention leaves of any.</summary>
public sealed class OlderProfilesTests
{
    private const long Day = 86_400_000;
    private readonly ProbeWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Fact]
    public void Expire_InterestOfTwoKindsThatIsStillAlive_KeepsItsEvidence()
    {
        foreach (int daysAgo in new[] { 250, 1 })
        {
            Record("view", daysAgo, "golf");
            Record("purchase", daysAgo, "golf");
        }

        double affinity = Golf(_client).Affinity;
        ClientActor older = AsStoredBefore(_client);
        older.Expire(_grid.Turn, TenantWorld.Rules(("inferred", 180)));

        Assert.Equal(affinity, Golf(older).Affinity);
    }

    [Fact]
    public void Load_InterestWithOlderActsThanOthers_TellsItsOwnLast()
    {
        Record("view", 0, "ski");
        Record("purchase", 0, "tea");
        Record("view", 40, "golf");
        Record("purchase", 41, "golf");

        Assert.Equal(Golf(_client), Golf(AsStoredBefore(_client)));
    }

    [Fact]
    public void Forget_PurchasesOfWhoNeverBought_LeavesWhenItWasSeen()
    {
        Record("view", 1);
        ClientActor older = AsStoredBefore(_client);
        DenyPurchases(older);

        Profile profile = older.View(_grid.Turn, new GetProfileRequest());
        Assert.Equal((TenantWorld.At(_grid.NowMs - Day), true), (profile.LastSeen, profile.Session is not null));
    }

    [Fact]
    public void Forget_OneKindOfAnInterest_LeavesTheOther()
    {
        Record("view", 1, "golf");
        double viewed = Golf(_client).Affinity;
        Record("purchase", 1, "golf");

        ClientActor older = AsStoredBefore(_client);
        DenyPurchases(older);

        Assert.Equal(viewed, Golf(older).Affinity);
    }

    [Fact]
    public void Expire_LastStatementOfATrait_TakesStepsOfNoKnownKind()
    {
        Record("declare", 40, trait: "location");
        Record("view", 1);
        StoredProfile stored = ProfileCodec.Save(_client.Profile);
        Assert.Single(stored.TrustHistory).Categories = 0;

        var older = new ClientActor(_client.Key, ProfileCodec.Load(stored));
        older.Expire(_grid.Turn, TenantWorld.Rules(("location", 30)));

        Assert.Empty(older.Profile.Traits.All);
        Assert.Empty(older.Profile.TrustHistory.All);
    }

    [Fact]
    public void Expire_AllEvidence_LeavesNoColumnThatTellsWhenThereWasSome()
    {
        Record("view", 40, "golf");
        Record("purchase", 39, "golf");

        _client.Expire(_grid.Turn, TenantWorld.Rules(("inferred", 30), ("behaviour", 30), ("purchases", 30)));

        StoredProfile stored = ProfileCodec.Save(_client.Profile);
        Assert.Empty(stored.ColumnReferenceMs);
        Assert.Empty(stored.ColumnCategories);
    }

    [Fact]
    public void Expire_WordOnWhatIsRejectedSince_LeavesTheNoAlone()
    {
        _grid.NowMs = TenantWorld.Now - (60 * Day);
        _grid.Confirm(_client, "golf", true);
        _grid.NowMs = TenantWorld.Now - (50 * Day);
        _grid.Confirm(_client, "golf", false);
        _grid.NowMs = TenantWorld.Now;

        _client.Expire(_grid.Turn, TenantWorld.Rules(("declared", 30)));

        StoredTrustChange step = Assert.Single(ProfileCodec.Save(_client.Profile).TrustHistory);
        Assert.Equal((Trust.Inferred, Trust.Rejected, TenantWorld.Now - (50 * Day)), (step.From, step.To, step.TimeMs));
    }

    private void DenyPurchases(ClientActor client)
    {
        var denied = new SetConsentsRequest();
        denied.Consents.Add(TenantWorld.Keeping.Select(p => new V1.Consent { Purpose = p, Category = "purchases", Decision = V1.Consent.Types.Decision.Deny }));
        client.SetConsents(_grid.Turn, denied, new SetConsentsResponse());
    }

    private void Record(string type, int daysAgo, string topic = "", string trait = "")
    {
        FootprintEvent e = TenantWorld.Event($"{type}-{topic}-{daysAgo}", type, topic: topic);
        e.Time = TenantWorld.At(_grid.NowMs - (daysAgo * Day));
        if (trait.Length > 0)
        {
            e.Traits.Add(new TraitValue { Name = "city", Value = "Lyon", Category = trait });
        }

        _grid.Record(_client, e);
    }

    private Interest Golf(ClientActor client) => client.View(_grid.Turn, new GetProfileRequest()).Interests.Single(i => i.Topic == "golf");

    private static ClientActor AsStoredBefore(ClientActor client)
    {
        StoredProfile stored = ProfileCodec.Save(client.Profile);
        stored.Seen.Clear();
        foreach (StoredInterest interest in stored.Interests)
        {
            interest.Seen.Clear();
            (interest.Categories, interest.ConfirmedMs) = (0, 0);
        }

        foreach (StoredSession session in stored.Sessions)
        {
            session.Categories = 0;
        }

        return new ClientActor(client.Key, ProfileCodec.Load(stored));
    }
}
