using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>What a client was asked goes with what it was asked because of, by consent, and by its own time, by retention.</summary>
public sealed class AskedTests
{
    private const long Day = 86_400_000;
    private readonly ProbeWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();

    [Fact]
    public void Forget_WhatAQuestionWasChosenBy_NobodyWasAsked()
    {
        ClientActor other = TenantWorld.NewClient();
        _grid.View(_client, "golf");
        _grid.View(other, "golf");
        Buy(_client);
        Assert.NotNull(_grid.Pick(_client));
        Assert.Null(_grid.Pick(other));

        Deny(_client, TenantWorld.Keeping);
        Deny(other, TenantWorld.Keeping);

        Assert.Equal(Told(other), Told(_client));
        Assert.Null(_client.Profile.Probes);
        Assert.Empty(_client.Profile.TrustHistory.All);
        Assert.Equal(Trust.Inferred, ProbeWorld.Trust(_client, "golf"));
    }

    [Fact]
    public void Forget_WhatAQuestionWasNotChosenBy_ItStays()
    {
        _grid.View(_client, "golf", 3);
        Buy(_client);
        Deny(_client, "personalization");
        Assert.NotNull(_grid.Pick(_client));
        StoredProbes asked = _client.Profile.Probes!.Save();
        StoredTrustChange step = Assert.Single(_client.Profile.TrustHistory.All).Clone();

        Deny(_client, TenantWorld.Keeping);

        StoredProbes left = _client.Profile.Probes!.Save();
        Assert.Equal((asked.AskedMs, asked.AskedCategories), (left.AskedMs, left.AskedCategories));
        Assert.Equal((_grid.NowMs, "ask"), (left.Topics.Single().AskedMs, left.Topics.Single().ProbeId));
        Assert.Equal((Trust.Probed, step), (ProbeWorld.Trust(_client, "golf"), Assert.Single(_client.Profile.TrustHistory.All)));
        Assert.Null(_grid.Pick(_client));
    }

    [Fact]
    public void Forget_QuestionThatWasAnswered_TheWordStaysAsIfUnasked()
    {
        _grid.View(_client, "golf");
        Buy(_client);
        Assert.NotNull(_grid.Pick(_client));
        _grid.NowMs += 1000;
        _grid.Confirm(_client, "golf", isTrue: true);

        Deny(_client, TenantWorld.Keeping);

        StoredTrustChange step = Assert.Single(_client.Profile.TrustHistory.All);
        Assert.Equal((Trust.Inferred, Trust.Confirmed), (step.From, step.To));
        Assert.Equal((0L, _grid.NowMs), (_client.Profile.Probes!.Topics.Single().AskedMs, _client.Profile.Probes.Topics.Single().AnsweredMs));
    }

    /// <summary>It says nothing of it: so it may be of anything that interests are made of.</summary>
    [Fact]
    public void Forget_QuestionOfAnEarlierVersion_GoesWithAnyEvidence()
    {
        _grid.View(_client, "golf", 3);
        Deny(_client, "personalization");
        Assert.NotNull(_grid.Pick(_client));
        StoredProfile stored = ProfileCodec.Save(_client.Profile);
        stored.Probes.AskedCategories.Clear();
        stored.Probes.Topics[0].Categories = 0;
        var earlier = new ClientActor(_client.Key, ProfileCodec.Load(stored));

        Deny(earlier, TenantWorld.Keeping);

        Assert.Null(earlier.Profile.Probes);
        Assert.Equal(Trust.Inferred, ProbeWorld.Trust(earlier, "golf"));
    }

    [Theory]
    [InlineData("inferred", true)]
    [InlineData("behaviour", true)]
    [InlineData("declared", true)]
    [InlineData("purchases", true)]
    [InlineData("location", false)]
    public void Expire_QuestionThatIsTooOld_GoesWhateverKeepsTheInterest(string category, bool isGone)
    {
        _grid.NowMs = TenantWorld.Now - (40 * Day);
        _grid.View(_client, "golf", 3);
        Assert.NotNull(_grid.Pick(_client));
        _grid.NowMs = TenantWorld.Now;
        Buy(_client);
        Assert.Equal(isGone, _client.Expire(_grid.Turn, TenantWorld.Rules((category, 35))));

        Assert.Equal(isGone ? Trust.Inferred : Trust.Probed, ProbeWorld.Trust(_client, "golf"));
        Assert.Equal(isGone, _client.Profile.Probes is null);
        Assert.Equal(isGone, _client.Profile.TrustHistory.All.Count == 0);
        Assert.False(_client.Expire(_grid.Turn, TenantWorld.Rules((category, 35))));
        Assert.Equal(Told(_client), Told(_grid.Replay(_client)));
    }

    /// <summary>What is withheld keeps the interest of the one, and has no say in whether it is asked again.</summary>
    [Fact]
    public void Expire_ActThatIsWithheldKeepsTheInterest_TheQuestionGoesAllTheSame()
    {
        ProbeQuestion?[] asked = [.. new[] { true, false }.Select(hasBought =>
        {
            var grid = new ProbeWorld { NowMs = TenantWorld.Now - (40 * Day) };
            ClientActor client = TenantWorld.NewClient();
            grid.View(client, "golf", 5);
            Assert.NotNull(grid.Pick(client));
            grid.NowMs = TenantWorld.Now - (2 * Day);
            if (hasBought)
            {
                grid.Record(client, new FootprintEvent { Type = "purchase", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } });
            }

            grid.NowMs = TenantWorld.Now;
            grid.Deny(client, "personalization", "purchases");
            client.Expire(grid.Turn, TenantWorld.Rules(("inferred", 30)));
            grid.View(client, "golf", 5);
            return grid.Pick(client);
        })];

        Assert.Equal("golf", asked[1]?.Topic);
        Assert.Equal(asked[1], asked[0]);
    }

    [Fact]
    public void Expire_AskedAgainSince_StaysAskedAsOfThen()
    {
        Probe probe = ProbeWorld.Probe("ask");
        probe.RepeatAfter = ProbeWorld.Days(20);
        _grid.Define(probe);
        foreach (int daysAgo in new[] { 40, 10 })
        {
            _grid.NowMs = TenantWorld.Now - (daysAgo * Day);
            _grid.View(_client, "golf", 5);
            Assert.NotNull(_grid.Pick(_client));
        }

        _grid.NowMs = TenantWorld.Now;
        _client.Expire(_grid.Turn, TenantWorld.Rules(("behaviour", 30), ("inferred", 30)));

        long last = TenantWorld.Now - (10 * Day);
        Assert.Equal((Trust.Probed, last), (ProbeWorld.Trust(_client, "golf"), _client.Profile.Interests[0].TrustMs));
        Assert.Equal(last, Assert.Single(_client.Profile.TrustHistory.All).TimeMs);
        Assert.Equal([last], _client.Profile.Probes!.Save().AskedMs);
    }

    [Fact]
    public void Expire_QuestionThatACapCounts_IsCountedOn()
    {
        Probe probe = ProbeWorld.Probe("ask");
        probe.FrequencyCaps.Add(new ProbeCap { Count = 1, Window = ProbeWorld.Days(30) });
        _grid.Define(probe);
        _grid.View(_client, "golf", 9);
        Assert.NotNull(_grid.Pick(_client));
        RetentionRules rules = TenantWorld.Rules(("behaviour", 2), ("inferred", 2));
        _grid.NowMs += 29 * Day;
        _client.Expire(_grid.Turn, rules);
        _grid.View(_client, "golf", 9);

        Assert.Equal(0, _client.Profile.Probes!.Topics.Sum(t => t.AskedMs));
        Assert.Null(_grid.Pick(_client));
        _grid.NowMs += Day;
        _client.Expire(_grid.Turn, rules);
        Assert.Empty(_client.Profile.Probes!.Save().AskedMs);
        _grid.View(_client, "golf", 9);
        Assert.NotNull(_grid.Pick(_client));
    }

    [Fact]
    public void Expire_IdleForLessThanACapsWindow_WhenItWasAskedIsCountedOn()
    {
        Probe probe = ProbeWorld.Probe("ask");
        probe.FrequencyCaps.Add(new ProbeCap { Count = 1, Window = ProbeWorld.Days(30) });
        _grid.Define(probe);
        _grid.View(_client, "golf", 9);
        Assert.NotNull(_grid.Pick(_client));
        long asked = _grid.NowMs;
        var rules = new RetentionRules { Idle = TimeSpan.FromDays(7) };
        _grid.NowMs += 8 * Day;
        Assert.True(_client.Expire(_grid.Turn, rules));
        Assert.Equal([asked], _client.Profile.Probes!.Save().AskedMs);
        Assert.Empty(_client.Profile.Probes.Topics);
        Assert.False(_client.Expire(_grid.Turn, rules));
        ClientActor back = ProbeWorld.Reload(_client);
        _grid.View(back, "golf", 9);
        Assert.Null(_grid.Pick(back));

        // Out of every window nothing is left of one who stayed away, and who came back is asked.
        _grid.NowMs = asked + (30 * Day);
        Assert.True(_client.Expire(_grid.Turn, rules));
        Assert.True(_client.Profile.IsTombstone);
        Assert.NotNull(_grid.Pick(back));
    }

    /// <summary>The one said it, long ago; the other, whom it became, was asked since.</summary>
    [Fact]
    public void Expire_WordOnWhatWasAskedAboutSince_IsAskedAbout()
    {
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.NowMs = TenantWorld.Now - (40 * Day);
        _grid.Confirm(cookie, "golf", isTrue: true);
        _grid.NowMs = TenantWorld.Now - (5 * Day);
        _grid.View(_client, "golf", 5);
        Assert.NotNull(_grid.Pick(_client));
        _client.Link(_grid.Turn, cookie);
        Assert.Equal(Trust.Confirmed, ProbeWorld.Trust(_client, "golf"));
        _grid.NowMs = TenantWorld.Now;

        _client.Expire(_grid.Turn, TenantWorld.Rules(("declared", 30)));

        StoredTrustChange step = Assert.Single(_client.Profile.TrustHistory.All);
        Assert.Equal((Trust.Probed, step.TimeMs), (ProbeWorld.Trust(_client, "golf"), _client.Profile.Interests[0].TrustMs));
        Assert.Equal((Trust.Inferred, Trust.Probed, TenantWorld.Now - (5 * Day)), (step.From, step.To, step.TimeMs));
    }

    [Fact]
    public void Expire_InterestThatOnlyCounted_CountsNoMore()
    {
        _grid.NowMs = TenantWorld.Now - (40 * Day);
        _grid.View(_client, "golf", 5);
        _grid.View(_client, "ski", 9);
        Assert.Equal("ski", _grid.Pick(_client)?.Topic);
        Assert.Equal(2, _client.Profile.Probes!.Topics.Count(t => t.Counted != 0));
        _grid.NowMs = TenantWorld.Now;

        _client.Expire(_grid.Turn, TenantWorld.Rules(("inferred", 30)));

        Assert.Null(_client.Profile.Probes);
        Assert.Empty(_grid.Counts.Save());
    }

    [Fact]
    public void Expire_AnyPastSweptTwice_TheSecondFindsNothing()
    {
        RetentionRules rules = TenantWorld.Rules(("inferred", 5), ("declared", 7), ("behaviour", 9), ("purchases", 3));
        for (int seed = 0; seed < 400; seed++)
        {
            var pasts = new Pasts(new Random(seed));
            for (int i = 0; i < 12; i++)
            {
                pasts.Step(isCommon: i % 3 == 0);
            }

            ClientActor client = pasts.Both[0];
            client.Expire(pasts.Turn(), rules);

            Assert.False(client.Expire(pasts.Turn(), rules), $"{seed}: {pasts.Log}");
            Assert.False(ClientActor.Load(client.Key, client.Checkpoint(), []).Expire(pasts.Turn(), rules), $"{seed} loaded: {pasts.Log}");
        }
    }

    // Of events' ids hashes remain, and how many changes there were.
    private static StoredProfile Told(ClientActor client)
    {
        StoredProfile stored = ProfileCodec.Save(client.Profile);
        (stored.Version, stored.JournalSequence) = (0, 0);
        stored.RememberedEvents.Clear();
        return stored;
    }

    private void Buy(ClientActor client) =>
        _grid.Record(client, new FootprintEvent { Type = "purchase", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } });

    private void Deny(ClientActor client, params string[] purposes)
    {
        foreach (string purpose in purposes)
        {
            _grid.Deny(client, purpose, "purchases");
        }
    }
}
