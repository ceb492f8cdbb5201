using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Consent;

/// <summary>What comes again, after what was said since: consent strings, signals, replacements.</summary>
public sealed class ConsentReplayTests
{
    private const long Now = TenantWorld.Now;
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();
    private readonly SetConsentsRequest _string = new() { TcfString = TcfWriter.Of(Now - 60_000, [1], [3, 4], [], [755]), TcfVendors = { 755 } };

    [Fact]
    public void TargetAds_SignalAfterAReplacementThatSaysNothingOfAds_IsDeniedAgain()
    {
        _grid.Record(_client, TenantWorld.Event("e1", topic: "golf"));
        _client.TakePrivacySignal(_grid.Turn(Now));
        Say(1, new SetConsentsRequest { Replace = true, Consents = { Rule(Decision.Allow, purpose: Purposes.Personalization) } });

        _client.TakePrivacySignalOfDecision(_grid.Turn(Now + 2));
        var ads = new TargetAdsResponse();
        _client.TargetAds(_grid.Turn(Now + 2), new TargetAdsRequest { Placement = "top" }, ads);

        Assert.False(ads.Personalized);
        Assert.Equal(DataCategories.None, _client.Profile.Consents.Allowed(Purposes.Sharing, "acme", ConsentRegime.OptOut));
        int before = _grid.Journal.Count;
        _client.TakePrivacySignalOfDecision(_grid.Turn(Now + 3));
        Assert.Equal(before, _grid.Journal.Count);
    }

    [Fact]
    public void TakePrivacySignal_ReplacementThatAllowsAds_StaysTheClientsWord()
    {
        _client.TakePrivacySignal(_grid.Turn(Now));
        Say(1, new SetConsentsRequest { Replace = true, Consents = { Rule(Decision.Allow, "acme") } });

        _client.TakePrivacySignal(_grid.Turn(Now + 2));

        Assert.Equal(DataCategories.All, Allowed("acme"));
        Assert.Equal(DataCategories.None, _client.Profile.Consents.Allowed(Purposes.Advertising, "self", ConsentRegime.OptOut));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SetConsents_OldAllowancesWithEveryReplacement_DoNotUndoTheSignal(bool isString)
    {
        _client.TakePrivacySignal(_grid.Turn(Now));
        SetConsentsRequest page = isString ? _string.Clone() : new SetConsentsRequest { Consents = { Rule(Decision.Allow, timeMs: Now - 60_000) } };
        page.Replace = true;

        for (int i = 1; i < 4; i++)
        {
            Say(i, page.Clone());
            Assert.Equal(DataCategories.None, Allowed("self") | Allowed("iab:755"));
        }
    }

    [Fact]
    public void SetConsents_OldStringAfterAReplacement_StaysWithdrawn()
    {
        Say(0, _string);
        Assert.Equal(DataCategories.All, Allowed("iab:755"));
        Say(1, new SetConsentsRequest { Replace = true, Consents = { Rule(Decision.Allow, purpose: Purposes.Personalization) } });

        Say(2, _string);
        Say(3, new SetConsentsRequest { Consents = { Rule(Decision.Allow, "iab:755", timeMs: Now - 50_000) } });

        Assert.Equal(DataCategories.None, Allowed("iab:755") | Allowed("self"));
        Assert.Equal(DataCategories.None, ClientActor.Load(_client.Key, _client.Checkpoint(), []).Profile.Consents.Allowed(Purposes.Advertising, "iab:755", ConsentRegime.OptIn));
        Assert.Equal(DataCategories.None, _grid.Replay(_client).Profile.Consents.Allowed(Purposes.Advertising, "iab:755", ConsentRegime.OptIn));
        Assert.Equal(DataCategories.None, _client.Profile.Consents.Keepable(ConsentRegime.OptOut) & ~DataCategories.All);
        Say(4, new SetConsentsRequest { Consents = { Rule(Decision.Allow, "iab:755") } });
        Assert.Equal(DataCategories.All, Allowed("iab:755"));
    }

    [Fact]
    public void SetConsents_StringOfEveryPage_IsKeptOnce()
    {
        Say(0, _string);
        int history = _client.Profile.Consents.History.Count;
        for (int i = 1; i < 300; i++)
        {
            Say(i, _string);
        }

        Assert.Equal(history, _client.Profile.Consents.History.Count);
        Assert.Single(_grid.Journal);
    }

    [Fact]
    public void TakePrivacySignal_HistoryFullSince_WhatTheClientAllowedAfterItHolds()
    {
        _client.TakePrivacySignal(_grid.Turn(Now));
        Say(1, new SetConsentsRequest { Consents = { Rule(Decision.Allow) } });
        for (int i = 0; i <= ProfileLimits.ConsentHistory; i++)
        {
            Say(2 + i, new SetConsentsRequest { Consents = { Rule(Decision.Allow, purpose: Purposes.Personalization) } });
        }

        _client.TakePrivacySignal(_grid.Turn(Now + 100_000));

        Assert.Equal(ProfileLimits.ConsentHistory, _client.Profile.Consents.History.Count);
        Assert.Equal(DataCategories.All, Allowed("self"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SetConsents_TimeToComeAgainBeforeAndAfterThat_CountsFromWhenItFirstCame(bool isString)
    {
        const long AheadMs = 240_000;
        SetConsentsRequest page = isString
            ? new SetConsentsRequest { TcfString = TcfWriter.Of(Now + AheadMs, [1], [3, 4], [], [755]), TcfVendors = { 755 } }
            : new SetConsentsRequest { Consents = { Rule(Decision.Allow, "iab:755", timeMs: Now + AheadMs) } };
        Say(0, page);
        int history = _client.Profile.Consents.History.Count;
        Say(1000, new SetConsentsRequest { EndNarrower = true, Consents = { Rule(Decision.Deny) } });

        foreach (long afterMs in new[] { 2000, AheadMs - 1, AheadMs, AheadMs + 1, 2 * AheadMs })
        {
            Say(afterMs, page);
            Assert.Equal(DataCategories.None, Allowed("iab:755"));
        }

        Assert.Equal((history + 1, 2), (_client.Profile.Consents.History.Count, _grid.Journal.Count));
        Say(AheadMs + 2, new SetConsentsRequest { Consents = { Rule(Decision.Allow, "iab:755") } });
        Assert.Equal(DataCategories.All, Allowed("iab:755"));
    }

    [Fact]
    public void SetConsents_SameWordsOfAnotherTimeToCome_AreSaidAnew()
    {
        Say(0, new SetConsentsRequest { Consents = { Rule(Decision.Allow, timeMs: Now + 240_000) } });
        Say(1000, new SetConsentsRequest { Consents = { Rule(Decision.Deny) } });

        Say(2000, new SetConsentsRequest { Consents = { Rule(Decision.Allow, timeMs: Now + 242_000) } });

        Assert.Equal(DataCategories.All, Allowed("self"));
    }

    [Fact]
    public void SetConsents_StringOfADayThatIsStillToCome_CountsFromWhenItFirstCame()
    {
        const long DayMs = 86_400_000;
        const long Midnight = ((Now / DayMs) + 1) * DayMs;
        var page = new SetConsentsRequest { TcfString = TcfWriter.Of(Midnight, [1], [3, 4], [], [755]), TcfVendors = { 755 } };
        Say(Midnight - 200_000 - Now, page);
        Say(Midnight - 100_000 - Now, new SetConsentsRequest { EndNarrower = true, Consents = { Rule(Decision.Deny) } });

        foreach (long at in new[] { -50_000, 0, 1, DayMs / 2 })
        {
            Say(Midnight + at - Now, page);
            Assert.Equal(DataCategories.None, Allowed("iab:755"));
        }

        Assert.Equal(2, _grid.Journal.Count);
    }

    [Fact]
    public void SetConsents_ReplacementWithADenial_KeepsEndedWhatTheReplacementAloneWould()
    {
        foreach (bool withDenial in new[] { false, true })
        {
            ClientActor client = TenantWorld.NewClient();
            client.SetConsents(_grid.Turn(Now), new SetConsentsRequest { EndNarrower = true, Consents = { Rule(Decision.Deny) } }, new SetConsentsResponse());
            var page = new SetConsentsRequest { Replace = true, Consents = { Rule(Decision.Allow, "acme", timeMs: Now - 1000), Rule(Decision.Allow, "other") } };
            page.Consents.Add(withDenial ? [Rule(Decision.Deny)] : []);

            client.SetConsents(_grid.Turn(Now + 1000), page, new SetConsentsResponse());

            Assert.Equal(DataCategories.None, client.Profile.Consents.Allowed(Purposes.Advertising, "acme", ConsentRegime.OptIn));
            Assert.Equal(DataCategories.All, client.Profile.Consents.Allowed(Purposes.Advertising, "other", ConsentRegime.OptIn));
        }
    }

    [Theory]
    [InlineData("gpc")]
    [InlineData("GPC")]
    [InlineData("probe")]
    [InlineData("tcf:10")]
    public void Check_SourceOfWhatTheServerTakesDown_NamesFieldAndLimit(string source)
    {
        V1.Consent claimed = Rule(Decision.Deny);
        claimed.Source = source;

        var fault = Assert.Throws<Engine.GridException>(() => RequestValidator.Check(new SetConsentsRequest { ClientId = "c", Consents = { Rule(Decision.Deny), claimed } }));

        Assert.Equal([("consents[1].source", "any but gpc, probe and tcf:...")], fault.Faults.Select(f => (f.Field, f.Limit)));
    }

    [Fact]
    public void SetConsents_DenialWithAnExceptionOfLongAgo_EndsTheRest()
    {
        Say(0, _string);
        Say(1, new SetConsentsRequest { EndNarrower = true, Consents = { Rule(Decision.Deny), Rule(Decision.Allow, "acme", timeMs: 1_577_836_800_000) } });

        Assert.Equal(DataCategories.None, Allowed("iab:755") | Allowed("self"));
        Assert.Equal(DataCategories.All, Allowed("acme"));
    }

    [Fact]
    public void Link_DeniedByOneAndAllowedByTheOthersLaterString_StaysDeniedWhenItComesAgain()
    {
        ClientActor anonymous = TenantWorld.NewClient("cookie");
        Say(-120_000, new SetConsentsRequest { Consents = { Rule(Decision.Deny) } });
        anonymous.SetConsents(_grid.Turn(Now), _string.Clone(), new SetConsentsResponse());

        _client.Link(_grid.Turn(Now + 1), anonymous);
        Assert.Equal(DataCategories.None, Allowed("iab:755") | Allowed("self"));

        Say(2, _string);
        SetConsentsRequest other = _string.Clone();
        other.TcfString = TcfWriter.Of(Now - 60_000, [1], [3, 4, 5], [], [755]);
        Say(3, other);
        Assert.Equal(DataCategories.None, Allowed("iab:755") | Allowed("self"));
    }

    [Fact]
    public void TargetAds_SignalForAnErasedId_WritesNothing()
    {
        _grid.Record(_client, TenantWorld.Event("e1"));
        _client.Erase(_grid.Turn(Now));
        int before = _grid.Journal.Count;

        _client.TakePrivacySignalOfDecision(_grid.Turn(Now + 1));
        var ads = new TargetAdsResponse();
        _client.TargetAds(_grid.Turn(Now + 1) with { HasPrivacySignal = true }, new TargetAdsRequest { Placement = "top" }, ads);

        Assert.Equal((before, 7, true), (_grid.Journal.Count, ads.Withheld.Count, _client.Profile.IsTombstone));
    }

    [Fact]
    public void Load_SignalOfBeforeDenialsEndedAnything_EndsWhatWasAllowedBefore()
    {
        var stored = new StoredProfile { Version = 2, JournalSequence = 2 };
        V1.Consent signal = Rule(Decision.Deny, "*", timeMs: Now);
        (signal.Category, signal.Source) = ("*", PrivacySignal.Source);
        V1.Consent narrow = Rule(Decision.Allow, "acme", timeMs: Now - 1);
        narrow.Category = "*";
        stored.Consents.AddRange([signal.Clone(), narrow]);
        stored.ConsentHistory.AddRange([narrow.Clone(), signal.Clone()]);

        Assert.Equal(DataCategories.None, ProfileCodec.Load(stored).Consents.Allowed(Purposes.Advertising, "acme", ConsentRegime.OptIn));
    }

    private static V1.Consent Rule(Decision decision, string recipient = "", string purpose = Purposes.Advertising, long timeMs = 0) =>
        new() { Purpose = purpose, Recipient = recipient, Decision = decision, Time = timeMs == 0 ? null : TenantWorld.At(timeMs) };

    private DataCategories Allowed(string recipient) => _client.Profile.Consents.Allowed(Purposes.Advertising, recipient, ConsentRegime.OptIn);

    private void Say(long afterMs, SetConsentsRequest request) => _client.SetConsents(_grid.Turn(Now + afterMs), request.Clone(), new SetConsentsResponse());
}
