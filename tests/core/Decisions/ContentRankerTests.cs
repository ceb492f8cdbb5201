using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Decisions;

public sealed class ContentRankerTests
{
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Pick_AnyProfileAndCatalog_ScoresAreTheSumsOfTheirReasonsAndFall() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            (TenantWorld grid, ClientActor client, Random random) = World(seed);
            var request = new PickContentRequest { Placement = "p", Count = random.Next(1, 30) };
            if (random.Next(2) == 0)
            {
                request.Candidates.AddRange(Enumerable.Range(0, 40).Select(_ => $"i{random.Next(400)}"));
                request.Context = new Context { Topics = { new TopicWeight { Topic = $"t{random.Next(20)}", Weight = 3 } } };
            }

            PickContentResponse response = grid.Pick(client, request);

            Assert.InRange(response.Picks.Count, 1, request.Count);
            Assert.Equal(response.Picks.Count, response.Picks.Select(p => p.ItemId).Distinct().Count());
            for (int i = 0; i < response.Picks.Count; i++)
            {
                Pick pick = response.Picks[i];
                Assert.Equal(pick.Reasons.Sum(r => r.Contribution), pick.Score, 9);
                Assert.InRange(pick.MatchPercent, 0, 100);
                Assert.True(i == 0 || pick.Score <= response.Picks[i - 1].Score);
                Assert.True(request.Candidates.Count == 0 || request.Candidates.Contains(pick.ItemId));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pick_ReusedResponse_SameAsAFreshOne() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var reused = new PickContentResponse();
        (TenantWorld other, ClientActor stranger, _) = World(seed ^ 1);
        stranger.PickContent(other.Turn(), new PickContentRequest { Placement = "p", Count = 20 }, reused);
        (TenantWorld grid, ClientActor client, _) = World(seed);
        (TenantWorld twin, ClientActor twinClient, _) = World(seed);

        client.PickContent(grid.Turn(), new PickContentRequest { Placement = "p", Count = 7 }, reused);

        Assert.Equal(twin.Pick(twinClient, new PickContentRequest { Placement = "p", Count = 7 }), reused);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pick_AllCandidatesGiven_SameBestAsWithoutAnyWhenTheCatalogIsSmall()
    {
        (TenantWorld grid, ClientActor client, _) = World(7, items: 30);
        var all = new PickContentRequest { Placement = "p" };
        all.Candidates.AddRange(Enumerable.Range(0, 30).Select(i => $"i{i}"));

        Assert.Equal(grid.Pick(client, all).Picks, grid.Pick(client).Picks);
    }

    // On a thread of its own: what another decision left in a thread's working memory must not help.
    [Fact]
    public void Pick_CatalogWithoutAnyTopic_StillPicks()
    {
        _grid.Items(TenantWorld.Item("a"), TenantWorld.Item("b"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e", item: "a"));
        int picks = 0;
        var thread = new Thread(() => picks = _grid.Pick(client).Picks.Count);
        thread.Start();

        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "The pick did not end.");
        Assert.Equal(2, picks);
    }

    [Fact]
    public void Pick_OneFittingItemAmongThousands_Found()
    {
        _grid.Items([.. Enumerable.Range(0, 5000).Select(i => TenantWorld.Item($"i{i}", $"t{i % 50}")), TenantWorld.Item("needle", "golf")]);
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e", topic: "golf"));

        Pick best = _grid.Pick(client).Picks[0];

        Assert.Equal("needle", best.ItemId);
        Assert.Equal("golf", Assert.Single(best.Reasons, r => r.Kind == Reason.Types.Kind.Interest).Key);
    }

    [Fact]
    public void Pick_WhatGoesWithTheLastItem_PickedWithThatReason()
    {
        _grid.Items(TenantWorld.Item("racket"), TenantWorld.Item("balls"), TenantWorld.Item("club"), TenantWorld.Item("tee"));
        for (int n = 0; n < 10; n++)
        {
            ClientActor other = TenantWorld.NewClient($"other{n}");
            _grid.Record(other, TenantWorld.Event($"a{n}", item: n % 2 == 0 ? "racket" : "club", minutesAgo: 2));
            _grid.Record(other, TenantWorld.Event($"b{n}", item: n % 2 == 0 ? "balls" : "tee", minutesAgo: 1));
        }

        _grid.Learn();
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e", item: "racket"));

        Pick best = _grid.Pick(client).Picks.First(p => p.ItemId != "racket");

        Assert.Equal("balls", best.ItemId);
        Assert.Equal("racket", Assert.Single(best.Reasons, r => r.Kind == Reason.Types.Kind.CoVisit).Key);
    }

    [Fact]
    public void Pick_AMomentAfterAnActAndWeeksLater_GoesByTheLastItemAndThenByAll()
    {
        // Arrange: two earlier items go with the scarf, the last one goes with the balls.
        string[][] pairs = [["hat", "scarf"], ["gloves", "scarf"], ["racket", "balls"]];
        _grid.Items([.. pairs.SelectMany(p => p).Distinct().Select(i => TenantWorld.Item(i))]);
        for (int n = 0; n < 30; n++)
        {
            ClientActor other = TenantWorld.NewClient($"other{n}");
            _grid.Record(other, TenantWorld.Event($"a{n}", item: pairs[n % 3][0], minutesAgo: 2));
            _grid.Record(other, TenantWorld.Event($"b{n}", item: pairs[n % 3][1], minutesAgo: 1));
        }

        _grid.Learn();
        ClientActor client = TenantWorld.NewClient();
        for (int i = 0; i < pairs.Length; i++)
        {
            _grid.Record(client, TenantWorld.Event($"e{i}", item: pairs[i][0], minutesAgo: 10 - i));
        }

        // Act
        string[] best = [.. new[] { 0L, 30 }.Select(days =>
        {
            var response = new PickContentResponse();
            client.PickContent(_grid.Turn(TenantWorld.Now + (days * 86_400_000)), new PickContentRequest { Placement = "home" }, response);
            return response.Picks.First(p => p.ItemId is "scarf" or "balls").ItemId;
        })];

        // Assert
        Assert.Equal(["balls", "scarf"], best);
    }

    [Fact]
    public void Pick_GoesWithManyItems_TwoAreNamedAndTheOthersSummedUp()
    {
        // Arrange: others had every one of them before they came to the balls.
        string[] things = [.. Enumerable.Range(0, 4).Select(i => $"thing{i}")];
        _grid.Items([.. things.Select(t => TenantWorld.Item(t)), TenantWorld.Item("balls"), .. Enumerable.Range(0, 30).Select(i => TenantWorld.Item($"x{i}"))]);
        for (int n = 0; n < 20; n++)
        {
            ClientActor other = TenantWorld.NewClient($"other{n}");
            _grid.Record(other, TenantWorld.Event($"x{n}", item: $"x{n}", minutesAgo: 20));
            for (int i = 0; i < things.Length; i++)
            {
                _grid.Record(other, TenantWorld.Event($"{n}-{i}", item: things[i], minutesAgo: 10 - i));
            }

            _grid.Record(other, TenantWorld.Event($"b{n}", item: "balls", minutesAgo: 1));
        }

        _grid.Learn();
        ClientActor client = TenantWorld.NewClient();
        for (int i = 0; i < things.Length; i++)
        {
            _grid.Record(client, TenantWorld.Event($"e{i}", item: things[i], minutesAgo: 10 - i));
        }

        // Act
        Pick pick = _grid.Pick(client).Picks.Single(p => p.ItemId == "balls");

        // Assert
        Reason[] reasons = [.. pick.Reasons.Where(r => r.Kind == Reason.Types.Kind.CoVisit)];
        Assert.Equal(3, reasons.Length);
        Assert.Equal(2, reasons.Count(r => things.Contains(r.Key)));
        Assert.Equal("", reasons[^1].Key);
        Assert.All(reasons, r => Assert.True(r.Contribution > 0));
        Assert.Equal(pick.Score, pick.Reasons.Sum(r => r.Contribution), 1e-9);
    }

    [Fact]
    public void Pick_ExcludedExpiredUnpublishedBought_NeverPicked()
    {
        Item expired = TenantWorld.Item("expired", "golf");
        expired.ExpireTime = TenantWorld.At(TenantWorld.Now);
        Item early = TenantWorld.Item("early", "golf");
        early.PublishTime = TenantWorld.At(TenantWorld.Now + 1);
        _grid.Items(TenantWorld.Item("excluded", "golf"), expired, early, TenantWorld.Item("bought", "golf"), TenantWorld.Item("left", "tennis"));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e", "purchase", item: "bought"));

        PickContentResponse response = _grid.Pick(client, new PickContentRequest { Placement = "p", Exclude = { "excluded" } });

        Assert.Equal(["left"], response.Picks.Select(p => p.ItemId));
    }

    [Fact]
    public void Pick_DeadlinePassed_PopularAndMarked()
    {
        (TenantWorld grid, ClientActor client, _) = World(3);

        PickContentResponse response = grid.Pick(client, deadlineMs: TenantWorld.Now - 1);

        Assert.Equal(Fallback.Types.Reason.Deadline, response.Fallback);
        Assert.False(response.Personalized);
        Assert.NotEmpty(response.Picks);
        string[] popular = [.. grid.Knowledge.Popular.Select(s => grid.Definitions.Items.Ids.Name(s))];
        Assert.Equal(popular.Take(response.Picks.Count), response.Picks.Select(p => p.ItemId).Take(popular.Length));
        Assert.All(response.Picks, p => Assert.Equal(p.Score, p.Reasons.Sum(r => r.Contribution), 1e-9));
        Assert.DoesNotContain(response.Picks.SelectMany(p => p.Reasons), r => r.Kind is Reason.Types.Kind.Interest or Reason.Types.Kind.CoVisit);
    }

    [Fact]
    public void Pick_NobodyKnown_ContextDecides()
    {
        _grid.Items(TenantWorld.Item("i1", "golf"), TenantWorld.Item("i2", "tennis"));
        var request = new PickContentRequest { Placement = "p", Context = new Context { Topics = { new TopicWeight { Topic = "tennis", Weight = 1 } } } };

        PickContentResponse response = _grid.Pick(TenantWorld.NewClient(), request);

        Assert.Equal(Fallback.Types.Reason.NoProfile, response.Fallback);
        Assert.Equal("i2", response.Picks[0].ItemId);
        Assert.Equal(Reason.Types.Kind.Context, response.Picks[0].Reasons[0].Kind);
    }

    private static (TenantWorld Grid, ClientActor Client, Random Random) World(int seed, int items = 400)
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        grid.Items([.. Enumerable.Range(0, items).Select(i =>
        {
            Item item = TenantWorld.Item($"i{i}", $"t{random.Next(20)}");
            item.Topics.Add(new TopicWeight { Topic = $"t{20 + random.Next(10)}", Weight = 0.5 + random.NextDouble() });
            item.PublishTime = TenantWorld.At(TenantWorld.Now - random.Next(1_000_000_000));
            return item;
        })]);
        for (int n = 0; n < 60; n++)
        {
            ClientActor other = TenantWorld.NewClient($"o{n % 9}");
            grid.Record(other, TenantWorld.Event($"o{n}", item: $"i{random.Next(items)}", minutesAgo: 60 - n));
        }

        grid.Learn();
        ClientActor client = TenantWorld.NewClient();
        string[] types = ["view", "click", "like", "dislike"];
        for (int n = 0; n < 25; n++)
        {
            grid.Record(client, TenantWorld.Event($"e{n}", types[random.Next(4)], $"i{random.Next(items)}", $"t{random.Next(30)}", random.Next(10_000)));
        }

        return (grid, client, random);
    }
}
