using System.Text.Json.Nodes;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Contracts.Tests;

/// <summary>The JSON bodies that were promised, name by name, against the messages.</summary>
public sealed class JsonShapeTests
{
    private static readonly JsonFormatter _withDefaults = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    public static TheoryData<string, IMessage> Requests => new()
    {
        {
            """
            {"ack":"DURABLE","events":[{"eventId":"e1","clientId":"c1","type":"view","time":"2026-11-21T10:00:00Z","channel":"WEB",
            "itemId":"i1","topics":[{"topic":"golf","weight":1}],"value":{"amount":12.5,"currency":"EUR"},"properties":{"query":"irons"}}]}
            """,
            new RecordRequest()
        },
        {
            """
            {"items":[{"itemId":"i1","topics":[{"topic":"golf","weight":1}],"attributes":{"brand":"x"},"title":"A","url":"https://a.example/",
            "publishTime":"2026-11-21T10:00:00Z","expireTime":"2026-11-22T10:00:00Z"}]}
            """,
            new UpsertItemsRequest()
        },
        {
            """
            {"clientId":"c1","placement":"home","count":10,"candidates":["i1"],"exclude":["i2"],
            "context":{"channel":"WEB","topics":[{"topic":"golf","weight":1}],"attributes":{"page":"/golf"}},"deadlineMs":50}
            """,
            new PickContentRequest()
        },
        { """{"clientId":"c1","placement":"home","lineItems":[{"lineItemId":"l1","bid":2}],"campaigns":["a"]}""", new TargetAdsRequest() },
        { """{"clientId":"c1","anonymousId":"a1"}""", new LinkRequest() },
        {
            """
            {"consents":[{"purpose":"personalization","category":"*","recipient":"*","decision":"DENY","source":"banner","textVersion":"3"}]}
            """,
            new SetConsentsRequest()
        },
        {
            """
            {"ack":"APPLIED","outcomes":[{"outcomeId":"o1","decisionId":"d1","clientId":"c1","itemId":"i1","kind":"CLICK","reward":1.5,
            "time":"2026-11-21T10:00:00Z"}]}
            """,
            new ReportOutcomesRequest()
        },
    };

    public static TheoryData<string, IMessage> Responses => new()
    {
        { """{"results":[{"eventId":"e1","status":"DURABLE"}]}""", new RecordResponse() },
        { """{"version":"7"}""", new UpsertItemsResponse() },
        {
            """
            {"decisionId":"d1","picks":[{"itemId":"i1","score":0.61,"matchPercent":87,"calibrated":false,
            "reasons":[{"kind":"INTEREST","key":"golf","contribution":0.4}]}],"personalized":true,"fallback":"NONE","profileVersion":"12"}
            """,
            new PickContentResponse()
        },
        {
            """
            {"code":"INVALID_ARGUMENT","message":"too much","field":"events[3].topics[0].weight","limit":"0 < weight <= 1000"}
            """,
            new Error()
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    [MemberData(nameof(Responses))]
    public void Body_AsPromised_ParsesAndIsWrittenBackWithTheSameNamesAndValues(string json, IMessage kind)
    {
        var message = JsonParser.Default.Parse(json, kind.Descriptor);

        var written = JsonNode.Parse(_withDefaults.Format(message))!;

        AssertHolds(JsonNode.Parse(json)!, written, "$");
    }

    [Fact]
    public void Body_FieldThatNobodyKnows_IsRefused()
    {
        var fault = Assert.Throws<InvalidProtocolBufferException>(() => JsonParser.Default.Parse<RecordRequest>("""{"events":[],"evnets":[]}"""));

        Assert.Contains("evnets", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_DefaultValues_AreWritten()
    {
        var written = JsonNode.Parse(_withDefaults.Format(new PickContentResponse()))!.AsObject();

        Assert.Equal("NONE", (string?)written["fallback"]);
        Assert.False((bool?)written["personalized"]);
        Assert.Equal("0", (string?)written["profileVersion"]);
        Assert.Empty(written["picks"]!.AsArray());
    }

    /// <summary>Everything in <paramref name="expected"/> is in <paramref name="actual"/>, which may hold more.</summary>
    private static void AssertHolds(JsonNode? expected, JsonNode? actual, string path)
    {
        switch (expected)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields)
                {
                    Assert.True(actual?.AsObject().ContainsKey(name), $"{path}.{name} is missing in {actual}");
                    AssertHolds(value, actual![name], $"{path}.{name}");
                }

                break;
            case JsonArray elements:
                Assert.Equal(elements.Count, actual!.AsArray().Count);
                for (var i = 0; i < elements.Count; i++)
                {
                    AssertHolds(elements[i], actual[i], $"{path}[{i}]");
                }

                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path}: expected {expected?.ToJsonString()}, written {actual?.ToJsonString()}");
                break;
        }
    }
}
