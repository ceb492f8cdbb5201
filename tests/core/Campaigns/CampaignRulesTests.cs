using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Cause = Footprint.Grid.V1.TargetAdsResponse.Types.Refusal.Types.Cause;

namespace Footprint.Grid.Core.Tests.Campaigns;

public class CampaignRulesTests
{
    private const long Now = 1_800_000_000_000;
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    [Theory]
    [InlineData(0, 0, Cause.Unspecified)]
    [InlineData(1, 0, Cause.Schedule)]
    [InlineData(0, 1, Cause.Schedule)]
    [InlineData(-1, 999_999, Cause.Unspecified)]
    public void Check_AtTheStart_CountsItIn(long startOffsetMs, int startNanos, Cause expected)
    {
        var campaign = new Campaign { CampaignId = "c", StartTime = Time(Now + startOffsetMs, startNanos) };

        Assert.Equal(expected, Check(campaign, new FakeClient()));
    }

    [Theory]
    [InlineData(0, 0, Cause.Schedule)]
    [InlineData(0, 1, Cause.Unspecified)]
    [InlineData(1, 0, Cause.Unspecified)]
    [InlineData(-1, 999_999, Cause.Schedule)]
    public void Check_AtTheEnd_LeavesItOut(long endOffsetMs, int endNanos, Cause expected)
    {
        var campaign = new Campaign { CampaignId = "c", EndTime = Time(Now + endOffsetMs, endNanos) };

        Assert.Equal(expected, Check(campaign, new FakeClient()));
    }

    [Fact]
    public void Check_OfAnySchedule_AgreesWithANaiveModel()
    {
        Gen<(long, int)> time = from ms in Gen.Choose(-3, 3) from nanos in Gen.Elements(0, 1, 500_000, 999_999) select ((long)ms, nanos);
        Gen<((long, int) Start, (long, int) End, bool HasStart, bool HasEnd)> schedules =
            from start in time
            from end in time
            from hasStart in Gen.Elements(true, false)
            from hasEnd in Gen.Elements(true, false)
            select (start, end, hasStart, hasEnd);
        Prop.ForAll(schedules.ToArbitrary(), s =>
        {
            var campaign = new Campaign
            {
                CampaignId = "c",
                StartTime = s.HasStart ? Time(Now + s.Start.Item1, s.Start.Item2) : null,
                EndTime = s.HasEnd ? Time(Now + s.End.Item1, s.End.Item2) : null,
            };
            Int128 nowNanos = (Int128)Now * 1_000_000;
            bool shows = (campaign.StartTime is null || nowNanos >= Nanos(campaign.StartTime))
                && (campaign.EndTime is null || nowNanos < Nanos(campaign.EndTime));
            return Check(campaign, new FakeClient()) == (shows ? Cause.Unspecified : Cause.Schedule);
        }).Check(_config);
    }

    [Fact]
    public void Check_OfAnyCaps_AgreesWithANaiveModel()
    {
        const StoredImpression.Types.Kind Campaign = StoredImpression.Types.Kind.Campaign;
        const StoredImpression.Types.Kind LineItem = StoredImpression.Types.Kind.LineItem;
        Gen<(StoredImpression.Types.Kind, string, long)> impression =
            from kind in Gen.Elements(Campaign, LineItem)
            from key in Gen.Elements("c", "c", "d")
            from age in Gen.Elements(0L, 1, 59_999, 60_000, 60_001, 119_999, 120_000, 120_001)
            select (kind, key, Now - age);
        Gen<FrequencyCap> cap =
            from count in Gen.Choose(1, 3)
            from seconds in Gen.Elements(60L, 120)
            from nanos in Gen.Elements(0, 1, 999_999, 1_000_000)
            select new FrequencyCap { Count = count, Window = new Duration { Seconds = seconds, Nanos = nanos } };
        Gen<(List<(StoredImpression.Types.Kind, string, long)>, List<FrequencyCap>)> cases =
            from n in Gen.Choose(0, 6)
            from shown in Gen.ListOf(impression, n)
            from m in Gen.Choose(0, 3)
            from caps in Gen.ListOf(cap, m)
            select (shown.ToList(), caps.ToList());
        Prop.ForAll(cases.ToArbitrary(), pair =>
        {
            var client = new FakeClient();
            client.Shown.AddRange(pair.Item1);
            var campaign = new Campaign { CampaignId = "c", FrequencyCaps = { pair.Item2 } };
            bool capped = pair.Item2.Any(c => pair.Item1.Count(i => i.Item1 == Campaign && i.Item2 == "c" && InWindow(i.Item3, c.Window)) >= c.Count);
            return Check(campaign, client) == (capped ? Cause.FrequencyCap : Cause.Unspecified);
        }).Check(_config);
    }

    [Fact]
    public void Check_OfALineItem_CountsItsOwnImpressions()
    {
        var lineItem = new LineItem { LineItemId = "x", FrequencyCaps = { new FrequencyCap { Count = 1, Window = new Duration { Seconds = 60 } } } };
        var client = new FakeClient { Shown = { (StoredImpression.Types.Kind.Campaign, "x", Now) } };

        Assert.Equal(Cause.Unspecified, CampaignRules.Check(new Ad(lineItem, Condition.Always), client.At(Now), "home"));
        client.Shown.Add((StoredImpression.Types.Kind.LineItem, "x", Now));
        Assert.Equal(Cause.FrequencyCap, CampaignRules.Check(new Ad(lineItem, Condition.Always), client.At(Now), "home"));
    }

    [Theory]
    [InlineData("home", Cause.Unspecified)]
    [InlineData("Home", Cause.Placement)]
    [InlineData("side", Cause.Placement)]
    public void Check_OfAPlacement_IsByItsVeryName(string placement, Cause expected)
    {
        var campaign = new Campaign { CampaignId = "c", Placements = { "top", "home" } };

        Assert.Equal(expected, CampaignRules.Check(new Ad(campaign, Condition.Always), new FakeClient().At(Now), placement));
    }

    [Fact]
    public void Check_OfTargeting_AsksTheClientsAttributes()
    {
        var condition = Condition.Compile(JsonParser.Default.Parse<Struct>("""{"traits.country":"DE"}"""), new List<Fault>());
        var german = new FakeClient { Attributes = AttributeDocument.From(JsonParser.Default.Parse<Struct>("""{"traits":{"country":"DE"}}""")) };

        Assert.Equal(Cause.Unspecified, CampaignRules.Check(new Ad(new Campaign { CampaignId = "c" }, condition), german.At(Now), "home"));
        Assert.Equal(Cause.Targeting, CampaignRules.Check(new Ad(new Campaign { CampaignId = "c" }, condition), new FakeClient().At(Now), "home"));
    }

    [Fact]
    public void Check_OfManyBrokenRules_NamesTheFirst()
    {
        var campaign = new Campaign
        {
            CampaignId = "c",
            EndTime = Time(Now, 0),
            Placements = { "top" },
            FrequencyCaps = { new FrequencyCap { Count = 1, Window = new Duration { Seconds = 60 } } },
        };
        var client = new FakeClient { Shown = { (StoredImpression.Types.Kind.Campaign, "c", Now) } };
        var causes = new List<Cause> { CampaignRules.Check(new Ad(campaign, Condition.Never), client.At(Now), "home") };

        campaign.EndTime = null;
        causes.Add(CampaignRules.Check(new Ad(campaign, Condition.Never), client.At(Now), "home"));
        campaign.Placements.Clear();
        causes.Add(CampaignRules.Check(new Ad(campaign, Condition.Never), client.At(Now), "home"));
        causes.Add(CampaignRules.Check(new Ad(campaign, Condition.Always), client.At(Now), "home"));

        Assert.Equal([Cause.Schedule, Cause.Placement, Cause.Targeting, Cause.FrequencyCap], causes);
    }

    private static Cause Check(Campaign campaign, FakeClient client) => CampaignRules.Check(new Ad(campaign, Condition.Always), client.At(Now), "home");

    private static Timestamp Time(long ms, int nanos) => new() { Seconds = ms / 1000, Nanos = (int)(ms % 1000 * 1_000_000) + nanos };

    private static Int128 Nanos(Timestamp time) => ((Int128)time.Seconds * 1_000_000_000) + time.Nanos;

    /// <summary>(now - window, now], in nanoseconds.</summary>
    private static bool InWindow(long timeMs, Duration window)
    {
        Int128 nowNanos = (Int128)Now * 1_000_000;
        Int128 at = (Int128)timeMs * 1_000_000;
        return at > nowNanos - (((Int128)window.Seconds * 1_000_000_000) + window.Nanos) && at <= nowNanos;
    }
}
