using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Core.Tests.Segments;

public sealed class SegmentMembershipTests
{
    private const long DayMs = 86_400_000;
    private readonly TenantWorld _grid = new();

    [Fact]
    public void Membership_ConditionOnAWindow_EndsByThePassingOfTimeAlone()
    {
        Define(("active", """{"counters.view.lastDay":{"$gte":2}}"""));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1"));
        Assert.Empty(client.Profile.Segments.All.ToArray());
        _grid.Record(client, TenantWorld.Event("e2"));

        Profile now = View(client, TenantWorld.Now);
        Profile later = View(client, TenantWorld.Now + (2 * DayMs));

        Assert.Equal(("active", TenantWorld.At(TenantWorld.Now), null), Only(now));
        Assert.Equal(("active", TenantWorld.At(TenantWorld.Now), TenantWorld.At(TenantWorld.Now + (2 * DayMs))), Only(later));
        Assert.True(client.Profile.Segments.IsIn("active"), "to look at a profile changes nothing in it");
    }

    [Fact]
    public void Membership_DecisionThatAsksForSegments_JournalsWhatTimeChanged()
    {
        Define(("active", """{"counters.view.lastDay":{"$gte":1}}"""));
        Campaign("""{"segments":{"$in":["active"]}}""");
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1"));
        Assert.Single(Ads(client, TenantWorld.Now).Picks);

        Assert.Empty(Ads(client, TenantWorld.Now + (2 * DayMs)).Picks);

        Assert.False(client.Profile.Segments.IsIn("active"));
        Assert.Equal(["active"], _grid.Journal[^1].Entry.SegmentsChanged.Left);
    }

    [Fact]
    public void Membership_AfterAnyActs_IsWhatTheConditionsSayAndTheJournalGivesIt() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var grid = new TenantWorld();
        ClientActor client = TenantWorld.NewClient();
        long now = TenantWorld.Now;
        for (int i = 0; i < 30; i++)
        {
            now += random.NextInt64(DayMs);
            if (random.Next(5) == 0)
            {
                string id = $"s{random.Next(4)}";
                Struct condition = JsonParser.Default.Parse<Struct>($$$"""{"counters.view.{{{(random.Next(2) == 0 ? "lastDay" : "total")}}}":{"$gte":{{{random.Next(1, 6)}}} }}""");
                grid.Definitions = random.Next(4) == 0
                    ? grid.Definitions with { Segments = grid.Definitions.Segments.Without(id) }
                    : grid.Definitions with { Segments = grid.Definitions.Segments.With([new Segment { SegmentId = id, Condition = condition }]) };
            }

            FootprintEvent e = TenantWorld.Event($"e{i}", random.Next(3) == 0 ? "click" : "view");
            e.Time = TenantWorld.At(now - random.NextInt64(DayMs / 4));
            client.Record(grid.Turn(now), e, new RecordResult());
            ulong day = client.Profile.Counters.Find("view")?.LastDay(client.Profile.ViewTime(now)) ?? 0;
            ulong total = client.Profile.Counters.Find("view")?.Total ?? 0;
            string[] expected = [.. grid.Definitions.Segments.Page("", 100).Where(s =>
            {
                (string path, Google.Protobuf.WellKnownTypes.Value test) = s.Condition.Fields.Single();
                return (path.EndsWith("lastDay", StringComparison.Ordinal) ? day : total) >= test.StructValue.Fields["$gte"].NumberValue;
            }).Select(s => s.SegmentId)];
            Assert.Equal(expected, client.Profile.Segments.All.ToArray().Where(s => s.IsIn).Select(s => s.SegmentId));
        }

        Assert.Equal(ProfileCodec.Encode(client.Profile), ProfileCodec.Encode(grid.Replay(client).Profile));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_AnyMemberships_IsCommutativeAssociativeAndIdempotent() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        SegmentMemberships[] three = [.. Enumerable.Range(0, 3).Select(_ => Any(random))];

        Assert.Equal(Saved(Merged(three[0], three[1])), Saved(Merged(three[1], three[0])));
        Assert.Equal(Saved(Merged(Merged(three[0], three[1]), three[2])), Saved(Merged(three[0], Merged(three[1], three[2]))));
        Assert.Equal(Saved(three[0]), Saved(Merged(three[0], three[0])));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Membership_ConclusionsMayNotBeKept_IsNotKept()
    {
        Define(("all", """{"counters.view.total":{"$gte":1}}"""));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1"));
        Assert.True(client.Profile.Segments.IsIn("all"));

        foreach (string purpose in new[] { "personalization", "advertising", "analytics", "measurement" })
        {
            client.SetConsents(_grid.Turn(), new SetConsentsRequest { Consents = { new V1.Consent { Purpose = purpose, Category = "inferred", Decision = Decision.Deny } } }, new());
        }

        _grid.Record(client, TenantWorld.Event("e2"));
        Assert.Empty(client.Profile.Segments.All.ToArray());
    }

    [Fact]
    public void Membership_ReadsWhatAPurposeMayNotUse_DoesNotCountForThatPurpose()
    {
        Define(("buyers", """{"money.purchases":{"$gte":1}}"""), ("others", """{"money.purchases":{"$lt":1}}"""), ("viewers", """{"counters.purchase.total":{"$gte":0}}"""));
        Campaign("""{"segments":{"$in":["buyers","others"]}}""");
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1", "purchase"));
        Assert.Single(Ads(client, TenantWorld.Now).Picks);

        client.SetConsents(_grid.Turn(), new SetConsentsRequest { Consents = { new V1.Consent { Purpose = "advertising", Category = "purchases", Decision = Decision.Deny } } }, new());

        Assert.Empty(Ads(client, TenantWorld.Now).Picks);
        Assert.True(client.Profile.Segments.IsIn("buyers"), "for the other purposes it still counts");
        Assert.Empty(client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme", Purpose = "advertising" }).Segments);
        Assert.NotEmpty(client.View(_grid.Turn(), new GetProfileRequest { Recipient = "acme" }).Segments);
    }

    [Fact]
    public void Membership_ErasedOrExpired_Goes()
    {
        Define(("viewers", """{"counters.view.lastDay":{"$gte":1}}"""));
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1"));
        client.Expire(_grid.Turn(TenantWorld.Now + (20 * DayMs)), new RetentionRules { Categories = new Dictionary<string, TimeSpan> { ["behaviour"] = TimeSpan.FromDays(1) } });
        Assert.False(client.Profile.Segments.IsIn("viewers"));
        Assert.Single(client.Profile.Segments.All.ToArray());

        client.Expire(_grid.Turn(TenantWorld.Now + (40 * DayMs)), new RetentionRules { Categories = new Dictionary<string, TimeSpan> { ["inferred"] = TimeSpan.FromDays(1) } });
        Assert.Empty(client.Profile.Segments.All.ToArray());

        _grid.Record(client, TenantWorld.Event("e2"));
        client.Erase(_grid.Turn());
        Assert.Empty(client.Profile.Segments.All.ToArray());
        Assert.True(client.Profile.IsTombstone);
    }

    [Fact]
    public void Membership_JournalFull_EventStandsAndTheNextTurnFindsIt()
    {
        ClientActor client = TenantWorld.NewClient();
        _grid.Record(client, TenantWorld.Event("e1"));
        Define(("viewers", """{"counters.view.total":{"$gte":1}}"""));
        Campaign("""{"segments":{"$in":["viewers"]}}""");
        _grid.IsJournalFull = true;
        Assert.NotEmpty(Ads(client, TenantWorld.Now).Picks);
        Assert.False(client.Profile.Segments.IsIn("viewers"));

        _grid.IsJournalFull = false;
        _grid.Record(client, TenantWorld.Event("e2"));

        Assert.True(client.Profile.Segments.IsIn("viewers"));
    }

    private void Define(params (string Id, string Condition)[] segments) => _grid.Definitions = _grid.Definitions with
    {
        Segments = _grid.Definitions.Segments.With(
            [.. segments.Select(s => new Segment { SegmentId = s.Id, Condition = JsonParser.Default.Parse<Struct>(s.Condition) })]),
    };

    private void Campaign(string targeting)
    {
        var campaign = new Campaign { CampaignId = "ad", Bid = 1, Targeting = JsonParser.Default.Parse<Struct>(targeting) };
        _grid.Definitions = _grid.Definitions with { Campaigns = _grid.Definitions.Campaigns.With([campaign]) };
    }

    private TargetAdsResponse Ads(ClientActor client, long nowMs)
    {
        var response = new TargetAdsResponse();
        client.TargetAds(_grid.Turn(nowMs), new TargetAdsRequest { ClientId = "c", Placement = "top" }, response);
        return response;
    }

    private Profile View(ClientActor client, long nowMs) => client.View(_grid.Turn(nowMs), new GetProfileRequest());

    private static (string Id, Timestamp Entered, Timestamp? Left) Only(Profile profile)
    {
        SegmentMembership one = Assert.Single(profile.Segments);
        return (one.SegmentId, one.Entered, one.Left);
    }

    private static SegmentMemberships Any(Random random)
    {
        var some = new SegmentMemberships();
        for (int i = random.Next(6); i > 0; i--)
        {
            string id = $"s{random.Next(5)}";
            some.Enter(id, random.Next(1, 100));
            if (random.Next(2) == 0)
            {
                some.Leave(id, random.Next(100, 200));
            }
        }

        return some;
    }

    private static SegmentMemberships Merged(SegmentMemberships a, SegmentMemberships b)
    {
        var both = new SegmentMemberships();
        both.Merge(a);
        both.Merge(b);
        return both;
    }

    private static IReadOnlyList<StoredSegment> Saved(SegmentMemberships memberships)
    {
        var stored = new StoredProfile();
        memberships.Save(stored.Segments);
        return stored.Segments;
    }
}
