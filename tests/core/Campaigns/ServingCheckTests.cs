using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Tests.Campaigns;

public sealed class ServingCheckTests
{
    [Theory]
    [InlineData("""{"priority":1001}""", "campaigns[0].priority")]
    [InlineData("""{"holdoutShare":1.5}""", "campaigns[0].holdoutShare")]
    [InlineData("""{"holdoutShare":"NaN"}""", "campaigns[0].holdoutShare")]
    [InlineData("""{"channels":["CHANNEL_UNSPECIFIED"]}""", "campaigns[0].channels[0]")]
    [InlineData("""{"places":[{}]}""", "campaigns[0].places[0]")]
    [InlineData("""{"segmentWeights":[{"segmentId":"s","weight":11}]}""", "campaigns[0].segmentWeights[0].weight")]
    [InlineData("""{"segmentWeights":[{"weight":1}]}""", "campaigns[0].segmentWeights[0].segmentId")]
    [InlineData("""{"dayparting":{"timeZone":"Europe/Nowhere","spans":[{"startHour":1,"endHour":2}]}}""", "campaigns[0].dayparting.timeZone")]
    [InlineData("""{"dayparting":{"timeZone":"Europe/Berlin"}}""", "campaigns[0].dayparting.spans")]
    [InlineData("""{"dayparting":{"timeZone":"Europe/Berlin","spans":[{"startHour":5,"endHour":5}]}}""", "campaigns[0].dayparting.spans[0]")]
    [InlineData("""{"dayparting":{"timeZone":"Europe/Berlin","spans":[{"startHour":5,"endHour":25}]}}""", "campaigns[0].dayparting.spans[0]")]
    [InlineData("""{"dayparting":{"timeZone":"Europe/Berlin","spans":[{"endHour":5,"days":["WEEKDAY_UNSPECIFIED"]}]}}""", "campaigns[0].dayparting.spans[0].days")]
    public void Check_SomethingOutOfRange_NamesTheField(string json, string field)
    {
        Campaign campaign = JsonParser.Default.Parse<Campaign>(json);
        campaign.CampaignId = "c";

        GridException e = Assert.Throws<GridException>(() => DefinitionsValidator.Check(new UpsertCampaignsRequest { Campaigns = { campaign } }));

        Assert.Equal(field, Assert.Single(e.Faults).Field);
    }

    [Fact]
    public void Check_AllOfItInRange_IsFine() => DefinitionsValidator.Check(new UpsertCampaignsRequest
    {
        Campaigns =
        {
            JsonParser.Default.Parse<Campaign>("""
                {"campaignId":"c","priority":1000,"holdoutShare":1,"channels":["WEB","APP"],"places":[{"country":"ES"},{"place":"till-1"}],
                 "competitiveGroup":"cars","segmentWeights":[{"segmentId":"s","weight":-10}],
                 "dayparting":{"timeZone":"Asia/Ho_Chi_Minh","spans":[{"days":["MONDAY","SUNDAY"],"startHour":0,"endHour":24}]}}
                """),
        },
    });
}
