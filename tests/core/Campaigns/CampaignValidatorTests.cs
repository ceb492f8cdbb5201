using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Tests.Campaigns;

public class CampaignValidatorTests
{
    public static TheoryData<string, Action<Campaign>> Wrong { get; } = new()
    {
        { ".campaignId", c => c.CampaignId = "" },
        { ".campaignId", c => c.CampaignId = new string('ä', 65) },
        { ".campaignId", c => c.CampaignId = "a\n" },
        { ".topics[0].topic", c => c.Topics[0].Topic = "a\0" },
        { ".placements[0]", c => c.Placements[0] = "\u001b[2J" },
        { ".name", c => c.Name = "a\tb" },
        { ".budget.pacing", c => c.Budget = new CampaignBudget { Currency = "EUR", Total = 10, PricePerImpression = 1, Pacing = (CampaignBudget.Types.Pacing)7 } },
        { ".budget.total", c => c.Budget = new CampaignBudget { Currency = "EUR", Total = 0.99, PricePerImpression = 1 } },
        { ".budget.daily", c => c.Budget = new CampaignBudget { Currency = "EUR", Daily = 0.0000001, PricePerImpression = 0.0000001 } },
        { ".name", c => c.Name = new string('x', 257) },
        { ".topics", c => c.Topics.Add(Enumerable.Range(0, 32).Select(i => new TopicWeight { Topic = $"{i}", Weight = 1 })) },
        { ".topics[0].topic", c => c.Topics[0].Topic = "" },
        { ".topics[0].weight", c => c.Topics[0].Weight = 0 },
        { ".topics[0].weight", c => c.Topics[0].Weight = double.NaN },
        { ".topics[0].weight", c => c.Topics[0].Weight = 1000.5 },
        { ".bid", c => c.Bid = -0.1 },
        { ".bid", c => c.Bid = 1.1e9 },
        { ".bid", c => c.Bid = double.NaN },
        { ".bid", c => c.Bid = double.PositiveInfinity },
        { ".endTime", c => c.EndTime = c.StartTime.Clone() },
        { ".endTime", c => c.EndTime = new Timestamp { Seconds = long.MaxValue } },
        { ".startTime", c => c.StartTime.Nanos = -1 },
        { ".frequencyCaps", c => c.FrequencyCaps.Add(Enumerable.Repeat(c.FrequencyCaps[0], 8)) },
        { ".frequencyCaps[0].count", c => c.FrequencyCaps[0].Count = 0 },
        { ".frequencyCaps[0].count", c => c.FrequencyCaps[0].Count = 1001 },
        { ".frequencyCaps[0].window", c => c.FrequencyCaps[0].Window = null },
        { ".frequencyCaps[0].window", c => c.FrequencyCaps[0].Window = new Duration { Seconds = 59, Nanos = 999_999_999 } },
        { ".frequencyCaps[0].window", c => c.FrequencyCaps[0].Window = new Duration { Seconds = 30 * 86_400, Nanos = 1 } },
        { ".placements", c => c.Placements.Add(Enumerable.Repeat("p", 64)) },
        { ".placements[0]", c => c.Placements[0] = "" },
        { ".targeting.a.$wrong", c => c.Targeting = JsonParser.Default.Parse<Struct>("""{"a":{"$wrong":1}}""") },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_OfOneMistake_NamesItsFieldAlone(string field, Action<Campaign> spoil)
    {
        var request = new UpsertCampaignsRequest { Campaigns = { Largest("a"), Largest("b"), Largest("c") } };
        spoil(request.Campaigns[2]);

        Fault fault = Assert.Single(Faults(request));

        Assert.Equal("campaigns[2]" + field, fault.Field);
        Assert.StartsWith(fault.Field, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void CheckLineItems_OfOneMistake_NamesItsFieldAlone(string field, Action<Campaign> spoil)
    {
        Campaign campaign = Largest("b");
        spoil(campaign);
        var request = new TargetAdsRequest { LineItems = { AsLineItem(Largest("a")), AsLineItem(campaign) } };

        List<Fault> faults = [];
        CampaignValidator.CheckLineItems(request, faults);

        bool onlyOfCampaigns = field is ".name" or ".placements" or ".placements[0]" || field.StartsWith(".budget", StringComparison.Ordinal);
        string[] expected = onlyOfCampaigns ? [] : ["lineItems[1]" + field.Replace("campaignId", "lineItemId", StringComparison.Ordinal)];
        Assert.Equal(expected, faults.Select(f => f.Field));
    }

    [Fact]
    public void Check_AtEveryLimit_FindsNothing()
    {
        Assert.Empty(Faults(new UpsertCampaignsRequest { Campaigns = { Largest("a"), new Campaign { CampaignId = "bare" } } }));
    }

    [Fact]
    public void Check_OfManyMistakes_FindsEach()
    {
        var request = new UpsertCampaignsRequest { Campaigns = { new Campaign { Bid = -1 }, new Campaign { CampaignId = "a" }, new Campaign { CampaignId = "a" } } };

        Assert.Equal(["campaigns[0].campaignId", "campaigns[0].bid", "campaigns[2].campaignId"], Faults(request).Select(f => f.Field));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1_000, 0)]
    [InlineData(1_001, 1)]
    public void Check_OfTheNumberOfCampaigns_IsOneToAThousand(int count, int faults)
    {
        var request = new UpsertCampaignsRequest { Campaigns = { Enumerable.Range(0, count).Select(i => new Campaign { CampaignId = $"c{i}" }) } };

        Assert.Equal(Enumerable.Repeat("campaigns", faults), Faults(request).Select(f => f.Field));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000, 0)]
    [InlineData(1_001, 1)]
    public void CheckLineItems_OfTheirNumber_IsAtMostAThousand(int count, int expected)
    {
        var request = new TargetAdsRequest { LineItems = { Enumerable.Range(0, count).Select(i => new LineItem { LineItemId = $"l{i}" }) } };

        List<Fault> faults = [];
        CampaignValidator.CheckLineItems(request, faults);

        Assert.Equal(expected, faults.Count);
    }

    private static List<Fault> Faults(UpsertCampaignsRequest request)
    {
        List<Fault> faults = [];
        CampaignValidator.Check(request, faults);
        return faults;
    }

    /// <summary>A campaign that reaches every limit and passes none; one topic, cap and placement are left to be spoilt.</summary>
    private static Campaign Largest(string id) => new()
    {
        CampaignId = id + new string('x', CampaignLimits.MaxIdBytes - 1),
        Name = new string('n', CampaignLimits.MaxNameBytes),
        Topics = { new TopicWeight { Topic = new string('t', CampaignLimits.MaxIdBytes), Weight = CampaignLimits.MaxTopicWeight } },
        StartTime = new Timestamp { Seconds = 1_800_000_000 },
        EndTime = new Timestamp { Seconds = 1_800_000_000, Nanos = 1 },
        FrequencyCaps = { new FrequencyCap { Count = CampaignLimits.MaxCapCount, Window = new Duration { Seconds = CampaignLimits.MaxWindowSeconds } } },
        Bid = CampaignLimits.MaxBid,
        Placements = { "p" },
        Targeting = JsonParser.Default.Parse<Struct>("""{"a":{"$in":[1,2]}}"""),
    };

    private static LineItem AsLineItem(Campaign campaign) => new()
    {
        LineItemId = campaign.CampaignId,
        Topics = { campaign.Topics },
        StartTime = campaign.StartTime,
        EndTime = campaign.EndTime,
        FrequencyCaps = { campaign.FrequencyCaps },
        Bid = campaign.Bid,
        Targeting = campaign.Targeting,
    };
}
