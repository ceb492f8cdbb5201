using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Consent;

/// <summary>A denial of a whole purpose ends what was allowed of it before, however narrow, and late news of it.</summary>
public sealed class ConsentEndingTests
{
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    public enum Denial
    {
        Signal,
        EndNarrower,
        Replace,
    }

    [Fact]
    public void Allowed_AnythingSaidByAnyWay_AsTheReferenceModel() => Prop.ForAll(ConsentWorld.Arbitrary, steps =>
    {
        var world = new ConsentWorld();
        foreach (ConsentWorld.Step step in steps)
        {
            world.Take(step);
        }

        foreach ((string purpose, string category, string recipient) in Rules.Cells)
        {
            foreach (ConsentRegime regime in Enum.GetValues<ConsentRegime>())
            {
                bool expected = world.Said(purpose, category, recipient) ?? regime == ConsentRegime.OptOut;
                if (Rules.Allows(world.Ledger, purpose, category, recipient, regime) != expected)
                {
                    return false.Label($"{purpose} {category} {recipient} under {regime} is not {expected}");
                }
            }
        }

        return true.Label("");
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(Denial.Signal)]
    [InlineData(Denial.EndNarrower)]
    [InlineData(Denial.Replace)]
    public void Allowed_NarrowAllowancesOfAConsentStringThenABroadDenial_AreEndedAndStayOutWhenTheStringComesAgain(Denial denial)
    {
        string text = TcfWriter.Of(TenantWorld.Now - 60_000, [1], [3, 4], [], [755]);
        var tcf = new SetConsentsRequest { TcfString = text, TcfVendors = { 755 } };
        _client.SetConsents(_grid.Turn(), tcf.Clone(), new SetConsentsResponse());
        Assert.Equal(DataCategories.All, Allowed("iab:755"));

        if (denial == Denial.Signal)
        {
            _client.TakePrivacySignal(_grid.Turn());
        }
        else
        {
            _client.SetConsents(
                _grid.Turn(),
                new SetConsentsRequest { Replace = denial == Denial.Replace, EndNarrower = denial == Denial.EndNarrower, Consents = { Rule(Decision.Deny) } },
                new SetConsentsResponse());
        }

        Assert.Equal(DataCategories.None, Allowed("iab:755"));
        Assert.Equal(DataCategories.None, Allowed("self"));

        var again = new SetConsentsResponse();
        _client.SetConsents(_grid.Turn(TenantWorld.Now + 1), tcf.Clone(), again);
        Assert.Equal(DataCategories.None, Allowed("iab:755"));
        Assert.DoesNotContain(again.Consents, c => c is { Purpose: Purposes.Advertising, Decision: Decision.Allow });
        Assert.Equal(DataCategories.None, ClientActor.Load(_client.Key, _client.Checkpoint(), []).Profile.Consents.Allowed(Purposes.Advertising, "iab:755", ConsentRegime.OptIn));
    }

    [Fact]
    public void Allowed_ExceptionSaidTogetherWithADenial_Holds()
    {
        _client.SetConsents(
            _grid.Turn(),
            new SetConsentsRequest { Replace = true, Consents = { Rule(Decision.Deny), Rule(Decision.Allow, "acme") } },
            new SetConsentsResponse());

        Assert.Equal(DataCategories.All, Allowed("acme"));
        Assert.Equal(DataCategories.None, Allowed("other"));
    }

    [Fact]
    public void Allowed_ExceptionSaidAfterADenial_Holds()
    {
        _client.TakePrivacySignal(_grid.Turn());
        _client.SetConsents(_grid.Turn(TenantWorld.Now + 1), new SetConsentsRequest { Consents = { Rule(Decision.Allow, "acme") } }, new SetConsentsResponse());

        Assert.Equal(DataCategories.All, Allowed("acme"));
        Assert.Equal(DataCategories.None, Allowed("self"));
    }

    [Fact]
    public void SetConsents_FartherAheadThanClocksDiffer_IsRefusedAndChangesNothing()
    {
        var ahead = Rule(Decision.Allow);
        ahead.Time = TenantWorld.At(TenantWorld.Now + (5 * 60 * 1000) + 1);

        var fault = Assert.Throws<GridException>(() => _client.SetConsents(
            _grid.Turn(), new SetConsentsRequest { Consents = { Rule(Decision.Deny), ahead } }, new SetConsentsResponse()));

        Assert.Equal("consents[1].time", Assert.Single(fault.Faults).Field);
        Assert.Empty(_client.Profile.Consents.History);
    }

    [Fact]
    public void SetConsents_ALittleAhead_LosesToWhatIsSaidNext()
    {
        var ahead = Rule(Decision.Allow);
        ahead.Time = TenantWorld.At(TenantWorld.Now + (4 * 60 * 1000));
        _client.SetConsents(_grid.Turn(), new SetConsentsRequest { Consents = { ahead } }, new SetConsentsResponse());
        string text = TcfWriter.Of(TenantWorld.Now + (4 * 60 * 1000), [1], [5, 6], [], []);
        _client.SetConsents(_grid.Turn(), new SetConsentsRequest { TcfString = text }, new SetConsentsResponse());

        var denials = new SetConsentsRequest { EndNarrower = true, Consents = { Rule(Decision.Deny), Rule(Decision.Deny, purpose: Purposes.Personalization) } };
        _client.SetConsents(_grid.Turn(TenantWorld.Now + 1), denials, new SetConsentsResponse());

        Assert.Equal(DataCategories.None, Allowed("self"));
        Assert.Equal(DataCategories.None, _client.Profile.Consents.Allowed(Purposes.Personalization, "self", ConsentRegime.OptOut));
    }

    [Fact]
    public void TargetAds_SignalOfAStranger_IsDecidedAsDenied()
    {
        var response = new TargetAdsResponse();
        _client.TargetAds(_grid.Turn() with { HasPrivacySignal = true }, new TargetAdsRequest { Placement = "top" }, response);

        Assert.Equal(Fallback.Types.Reason.NoConsent, response.Fallback);
        Assert.Equal(7, response.Withheld.Count);
        Assert.True(_client.IsEmpty);
    }

    private static V1.Consent Rule(Decision decision, string recipient = "", string purpose = Purposes.Advertising) =>
        new() { Purpose = purpose, Recipient = recipient, Decision = decision };

    private DataCategories Allowed(string recipient) => _client.Profile.Consents.Allowed(Purposes.Advertising, recipient, ConsentRegime.OptIn);
}
