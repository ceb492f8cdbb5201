using Footprint.Grid.Api.Json;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Json;

public sealed class FaultLocatorTests
{
    private readonly FaultLocator _locator = new(64);

    [Theory]
    [InlineData("""{"events":[{},{"topics":[{"topic":"a","weight":"x"}]}]}""", "events[1].topics[0].weight")]
    [InlineData("""{"events":[{"colour":"red"}]}""", "events[0].colour")]
    [InlineData("""{"event":[]}""", "event")]
    [InlineData("""{"events":{}}""", "events")]
    [InlineData("""{"events":[3]}""", "events[0]")]
    [InlineData("""{"events":[null]}""", "events[0]")]
    [InlineData("""{"events":[{"time":"yesterday"}]}""", "events[0].time")]
    [InlineData("""{"events":[{"channel":"RADIO"}]}""", "events[0].channel")]
    [InlineData("""{"events":[{"properties":{"a":1}}]}""", "events[0].properties.a")]
    [InlineData("""{"events":[{"properties":[]}]}""", "events[0].properties")]
    [InlineData("""{"events":[{"value":{"amount":"much"}}]}""", "events[0].value.amount")]
    [InlineData("""{"events":[{"eventId":5}]}""", "events[0].eventId")]
    [InlineData("""{"events":[{"eventId":"ok"}],"ack":{}}""", "ack")]
    public void Body_Faulty_FieldIsNamed(string body, string field)
    {
        Assert.ThrowsAny<Exception>(() => JsonParser.Default.Parse(body, RecordRequest.Descriptor));

        var error = _locator.Locate(body, RecordRequest.Descriptor);

        Assert.NotNull(error);
        Assert.Equal((Code.InvalidArgument, field), (error.Code, error.Faults[0].Field));
    }

    [Fact]
    public void Enum_UnknownName_LimitListsTheNames()
    {
        var error = _locator.Locate("""{"ack":"SOON"}""", RecordRequest.Descriptor);

        Assert.Equal("ACK_UNSPECIFIED | APPLIED | DURABLE", error!.Faults[0].Limit.Replace("Ack", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Body_Malformed_LineAndByteAreNamed()
    {
        var error = _locator.Locate("{\n \"events\": [}", RecordRequest.Descriptor);

        Assert.Contains("line 2", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"events":[{"\ud800":1}]}""")]
    [InlineData("""{"events":[{"properties":{"\ud800":"x"},"value":3}]}""")]
    [InlineData("""{"events":[{"eventId":"\ud800"}]}""")]
    public void Body_HalfASurrogatePair_InvalidArgument(string body)
    {
        Assert.ThrowsAny<Exception>(() => JsonParser.Default.Parse(body, RecordRequest.Descriptor));

        Assert.Equal(Code.InvalidArgument, _locator.Locate(body, RecordRequest.Descriptor)!.Code);
    }

    [Fact]
    public void Body_Faultless_Null()
    {
        Assert.Null(_locator.Locate("""{"events":[{"event_id":"e","time":null,"traits":[]}]}""", RecordRequest.Descriptor));
    }

    [Fact]
    public void Struct_AnyValue_Faultless()
    {
        MessageDescriptor type = UpsertCampaignsRequest.Descriptor;

        Assert.Null(_locator.Locate("""{"campaigns":[{"targeting":{"a":{"$in":[1,null,"x"]}},"frequencyCaps":[{"window":"60s"}]}]}""", type));
        Assert.Equal("campaigns[0].frequencyCaps[0].window", _locator.Locate("""{"campaigns":[{"frequencyCaps":[{"window":"1 m"}]}]}""", type)!.Faults[0].Field);
    }
}
