using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What two clients who become one may not keep, as either said, is not kept, and not written.</summary>
public sealed class LinkedConsentTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _known = TenantWorld.NewClient("known");
    private readonly ClientActor _id = TenantWorld.NewClient("cookie");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Link_EitherForbadeACategory_NothingOfItIsKeptOrWritten(bool isKnownsDenial)
    {
        _grid.Record(_known, TenantWorld.Event("k1", topic: "golf"));
        _grid.Record(_id, TenantWorld.Event("a1", topic: "tea"));
        _grid.Record(isKnownsDenial ? _id : _known, InCity());
        Deny(isKnownsDenial ? _known : _id, "location", TenantWorld.Keeping);
        int before = _grid.Journal.Count;

        _known.Link(_grid.Turn(), _id);

        Profile profile = _known.View(_grid.Turn(), new GetProfileRequest());
        Assert.Empty(profile.Traits);
        Assert.Equal(["golf", "tea"], profile.Interests.Select(i => i.Topic).Order());
        Assert.DoesNotContain("canary", _known.Export(_grid.Turn(), new ExportRequest()).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_grid.Journal.Skip(before), j => j.Entry.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.Null(SameProfile.Difference(_known.Profile, _grid.Replay(_known).Profile));
    }

    [Fact]
    public void Link_WhileSomePurposeMayUseIt_KeepsIt()
    {
        _grid.Record(_id, InCity());
        Deny(_known, "location", TenantWorld.Keeping[1..]);

        _known.Link(_grid.Turn(), _id);

        Assert.Single(_known.View(_grid.Turn(), new GetProfileRequest()).Traits);
    }

    /// <summary>Each left it to another purpose, and so both together to none.</summary>
    [Fact]
    public void Link_EachForbadeWhatTheOtherAllowed_NothingOfItIsKept()
    {
        _grid.Record(_known, InCity());
        _grid.Record(_id, InCity());
        Deny(_known, "location", TenantWorld.Keeping[1..]);
        Deny(_id, "location", TenantWorld.Keeping[..1]);

        _known.Link(_grid.Turn(), _id);

        Assert.Empty(_known.View(_grid.Turn(), new GetProfileRequest()).Traits);
    }

    private static FootprintEvent InCity()
    {
        FootprintEvent e = TenantWorld.Event("city");
        e.Traits.Add(new TraitValue { Name = "city", Value = "canary-Bilbao", Category = "location" });
        return e;
    }

    private void Deny(ClientActor client, string category, params string[] purposes)
    {
        var request = new SetConsentsRequest();
        request.Consents.Add(purposes.Select(p => new V1.Consent { Purpose = p, Category = category, Decision = Decision.Deny }));
        client.SetConsents(_grid.Turn(), request, new SetConsentsResponse());
    }
}
