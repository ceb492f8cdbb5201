using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Segments;

public sealed class SegmentSizeTests
{
    private static readonly string[] _ids = ["buyers", "regulars", "viewers"];
    private readonly TenantWorld _grid = World();

    /// <summary>Told as differences, of clients that come, buy, link, change their minds, are erased and come back from their journals.</summary>
    [Fact]
    public void Sizes_AfterAnyActs_AreWhatCountingAllClientsGives() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        TenantWorld grid = World();
        ClientActor[] clients = [.. Enumerable.Range(0, 5).Select(i => TenantWorld.NewClient($"c{i}"))];
        for (int i = 0; i < 60; i++)
        {
            int at = random.Next(clients.Length);
            Act(grid, clients, at, random, i);
            Assert.Equal(_ids.Select(id => clients.LongCount(c => Counts(grid, c, id))), Sizes(grid));
        }

        // What one process tells in deltas adds up to the same elsewhere, whatever is stored on the way.
        var copy = KnowledgeBase.Load(grid.Learner.Save());
        Assert.Equal(Sizes(grid), Sizes(copy.Publish(grid.Definitions.Items, TenantWorld.Now).Segments));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sizes_AnalyticsMayNotKnow_AreWithoutTheClientUntilItMay()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", "purchase"));
        Assert.Equal([1, 0, 1], Sizes(_grid));

        Consent(_grid, client, 0, "purchases", Decision.Deny);
        Assert.Equal([0, 0, 0], Sizes(_grid));
        Assert.True(client.Profile.Segments.IsIn("buyers"), "other purposes may use it");

        Consent(_grid, client, 1, "purchases", Decision.Allow);
        Assert.Equal([1, 0, 1], Sizes(_grid));
    }

    /// <summary>No later entry is needed for it, which a full journal could refuse.</summary>
    [Fact]
    public void Sizes_ConsentWithdrawn_EndWithTheConsentItself()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1"));
        Consent(_grid, client, 0, "*", Decision.Deny);

        Assert.Single(_grid.Journal, j => j.Entry.ConsentsSet is { StopCountingSegments: true });
        Assert.Equal([0, 0, 0], Sizes(_grid));
    }

    [Fact]
    public void Gatherer_CountsOfSegments_GoToTheShardsThatKnowThem()
    {
        var gatherer = new KnowledgeGatherer();
        foreach (string id in _ids)
        {
            gatherer.Observe(new StoredSegmentCount { SegmentId = id, Clients = 3 });
            gatherer.Observe(new StoredSegmentCount { SegmentId = id, Clients = -1 });
        }

        var knowledge = new KnowledgeBase();
        var stored = new KnowledgeBase();
        for (int shard = 0; shard < KnowledgeGatherer.Shards; shard++)
        {
            if (gatherer.Take(shard, "silo", 1, TenantWorld.Now) is { } delta)
            {
                Assert.All(delta.Segments, row => Assert.Equal(shard, KnowledgeGatherer.Shard(row.SegmentId)));
                knowledge.Apply(delta, 1);
            }

            var head = new StoredKnowledgeShard();
            knowledge.SaveCounts(shard, head);
            stored.LoadCounts(shard, head);
            stored.LoadCounts(shard, head);
        }

        Assert.Equal([2, 2, 2], Sizes(knowledge.Publish(_grid.Definitions.Items, TenantWorld.Now).Segments));
        Assert.Equal([2, 2, 2], Sizes(stored.Publish(_grid.Definitions.Items, TenantWorld.Now).Segments));
    }

    [Fact]
    public void Report_SizesBelowTheMinimum_AreNotSaid()
    {
        for (int i = 0; i < 23; i++)
        {
            _grid.Record(TenantWorld.NewClient($"v{i}"), TenantWorld.Event($"e{i}", i < 9 ? "purchase" : "view"));
        }

        _grid.Learn();
        SegmentSizesReport report = SegmentReporter.Of(_grid.Knowledge.Segments, _grid.Definitions.Segments, new AudienceGate(10));

        Assert.Equal([("buyers", 0L), ("regulars", 0L), ("viewers", 20L)], report.Segments.Select(s => (s.SegmentId, s.Clients.Value)));
    }

    /// <summary>Whoever chooses the clients that a size counts fills it up to the minimum with its own, and reads off the one that is left.</summary>
    [Theory]
    [InlineData("""{"$or":[{"clientId":{"$in":["own-0","own-1","own-2","own-3","own-4","own-5","own-6","own-7","own-8"]}},{"clientId":"victim","counters.view.total":{"$gt":3}}]}""")]
    [InlineData("""{"$or":[{"clientId":{"$regex":"^own-"}},{"$and":[{"$not":{"clientId":{"$ne":"victim"}}},{"counters.view.total":{"$gt":3}}]}]}""")]
    public void Report_SegmentThatNamesAClientAmongOnesOfItsWriter_IsNotCounted(string condition)
    {
        _grid.Definitions = _grid.Definitions with
        {
            Segments = _grid.Definitions.Segments.With([new Segment { SegmentId = "padded", Condition = JsonParser.Default.Parse<Struct>(condition) }]),
        };
        SegmentSize[] told = [.. new[] { 1, 3 }.Select(views =>
        {
            for (int i = 0; i < 9; i++)
            {
                _grid.Record(TenantWorld.NewClient($"own-{i}"), TenantWorld.Event($"e{i}"));
            }

            ClientActor victim = TenantWorld.NewClient("victim");
            for (int i = 0; i <= views; i++)
            {
                _grid.Record(victim, TenantWorld.Event($"v{i}"));
            }

            Assert.Equal(views == 3, victim.Profile.Segments.IsIn("padded"));
            _grid.Learn();
            Assert.Equal(0, _grid.Knowledge.Segments.Of("padded"));
            return SegmentReporter.Of(_grid.Knowledge.Segments, _grid.Definitions.Segments, new AudienceGate(10)).Segments.Single(s => s.SegmentId == "padded");
        })];

        Assert.All(told, size => Assert.Equal(new SegmentSize { SegmentId = "padded", NamesClients = true }, size));
    }

    /// <summary>What was counted before a condition named anybody is not told with it either, and goes with each client's next turn.</summary>
    [Fact]
    public void Report_SegmentThatComesToNameClients_IsNotCountedAnyMore()
    {
        ClientActor[] clients = [.. Enumerable.Range(0, 20).Select(i => TenantWorld.NewClient($"v{i}"))];
        Array.ForEach(clients, client => _grid.Record(client, TenantWorld.Event("e1")));
        var named = new Segment { SegmentId = "viewers", Condition = JsonParser.Default.Parse<Struct>("""{"clientId":{"$regex":"^v"}}""") };
        _grid.Definitions = _grid.Definitions with { Segments = _grid.Definitions.Segments.With([named]) };
        _grid.Learn();

        Assert.True(SegmentReporter.Of(_grid.Knowledge.Segments, _grid.Definitions.Segments, new AudienceGate(10)).Segments[2] is { NamesClients: true, Clients: null });
        Array.ForEach(clients, client => _grid.Record(client, TenantWorld.Event("e2")));
        Assert.Equal([0, 0, 0], Sizes(_grid));
    }

    private static void Act(TenantWorld grid, ClientActor[] clients, int at, Random random, int act)
    {
        ClientActor client = clients[at];
        if (client.AliasOf is { } known)
        {
            if (random.Next(4) == 0)
            {
                clients.Single(c => c.Key.ClientId == known).Unlink(grid.Turn(), client, signOut: random.Next(2) == 0);
            }

            return;
        }

        switch (random.Next(12))
        {
            case 0:
                foreach (ClientActor alias in clients.Where(c => c.AliasOf == client.Key.ClientId))
                {
                    alias.Erase(grid.Turn());
                }

                client.Erase(grid.Turn());
                break;
            case 1 or 2:
                Consent(grid, client, act, new[] { "*", "purchases", "inferred", "behaviour" }[random.Next(4)], random.Next(2) == 0 ? Decision.Deny : Decision.Allow);
                break;
            case 3:
                ClientActor other = clients[(at + 1) % clients.Length];
                if (other.AliasOf is null && !other.IsKnown)
                {
                    client.Link(grid.Turn(), other, again: true);
                }

                break;
            case 4:
                clients[at] = grid.Replay(client);
                break;
            case 5:
                clients[at] = ClientActor.Load(client.Key, client.Checkpoint(), []);
                break;
            default:
                FootprintEvent e = TenantWorld.Event($"e{act}", random.Next(4) == 0 ? "purchase" : "view");
                e.ClientId = client.Key.ClientId;
                e.Time = TenantWorld.At(TenantWorld.Now + 1 + act);
                client.Record(grid.Turn(), e, new RecordResult());
                break;
        }
    }

    // By the profile's facts and its consents, without what it remembers of segments.
    private static bool Counts(TenantWorld grid, ClientActor client, string id)
    {
        ClientProfile profile = client.Profile;
        (ulong views, ulong purchases) = (profile.Counters.Find("view")?.Total ?? 0, profile.Counters.Find("purchase")?.Total ?? 0);
        bool holds = id switch
        {
            "buyers" => purchases >= 1,
            "regulars" => views >= 3,
            _ => views + purchases >= 1,
        };
        ConsentRegime regime = grid.Definitions.RegimeOf(profile.Countries);
        return client.AliasOf is null && holds
            && profile.Consents.Keepable(regime).Permits(DataCategories.Inferred)
            && profile.Consents.Allowed(Purposes.Analytics, Recipients.Self, regime).Permits(DataCategories.Acts | DataCategories.Inferred);
    }

    // Of two consents at once the denial holds, so each has its time.
    private static void Consent(TenantWorld grid, ClientActor client, int act, string category, Decision decision) => client.SetConsents(
        grid.Turn(TenantWorld.Now + act),
        new SetConsentsRequest { Consents = { new V1.Consent { Purpose = Purposes.Analytics, Category = category, Decision = decision } } },
        new SetConsentsResponse());

    private static IEnumerable<long> Sizes(TenantWorld grid)
    {
        grid.Learn();
        return Sizes(grid.Knowledge.Segments);
    }

    private static IEnumerable<long> Sizes(SegmentSizes sizes) => _ids.Select(sizes.Of);

    private static TenantWorld World()
    {
        var grid = new TenantWorld();
        (string Id, string Condition)[] segments =
        [
            ("buyers", """{"counters.purchase.total":{"$gte":1}}"""),
            ("regulars", """{"counters.view.total":{"$gte":3}}"""),
            ("viewers", """{"$or":[{"counters.view.total":{"$gte":1}},{"counters.purchase.total":{"$gte":1}}]}"""),
        ];
        grid.Definitions = grid.Definitions with
        {
            Segments = SegmentSet.Empty.With([.. segments.Select(s => new Segment { SegmentId = s.Id, Condition = JsonParser.Default.Parse<Struct>(s.Condition) })]),
        };
        return grid;
    }
}
