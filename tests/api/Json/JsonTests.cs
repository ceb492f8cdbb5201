using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Tests.Json;

public sealed class JsonTests
{
    private const string Event = """{"ack":"DURABLE","events":[{"eventId":"e1","clientId":"c1","type":"view","time":"2026-11-21T10:00:00Z","channel":"WEB","itemId":"i1","topics":[{"topic":"golf","weight":1}],"value":{"amount":12.5,"currency":"EUR"},"properties":{"query":"irons"}}]}""";

    [Fact]
    public async Task Events_AsInTheContract_Acknowledged()
    {
        await using var host = await ApiHost.StartAsync();

        var (status, json) = await Send(host, HttpMethod.Post, "/v1/events", Event);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("e1", (string?)json["results"]![0]!["eventId"]);
        Assert.Equal("DURABLE", (string?)json["results"]![0]!["status"]);
    }

    [Fact]
    public async Task Answer_DefaultsAndLongs_WrittenAndAsStrings()
    {
        await using var host = await ApiHost.StartAsync();

        var (_, json) = await Send(host, HttpMethod.Post, "/v1/decisions/content", """{"placement":"home"}""");

        Assert.Equal("12", (string?)json["profileVersion"]);
        Assert.Equal("NONE", (string?)json["fallback"]);
        Assert.Empty(json["picks"]!.AsArray());
        Assert.False((bool)json["personalized"]!);
        Assert.Equal(1, host.Engine.Released);
    }

    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("%C3%BC%20x", "ü x")]
    [InlineData("a%252Fb", "a%2Fb")]
    public async Task Path_Encoded_DecodedOnce(string sent, string expected)
    {
        await using var host = await ApiHost.StartAsync();

        var (_, json) = await Send(host, HttpMethod.Get, "/v1/clients/" + sent);

        Assert.Equal(expected, (string?)json["clientId"]);
    }

    [Fact]
    public async Task Items_PutThenGet_Same()
    {
        await using var host = await ApiHost.StartAsync();

        var (_, put) = await Send(host, HttpMethod.Put, "/v1/items", """{"items":[{"itemId":"i1","title":"Irons"}]}""");
        var (_, got) = await Send(host, HttpMethod.Get, "/v1/items/i1");

        Assert.Equal("1", (string?)put["version"]);
        Assert.Equal("Irons", (string?)got["title"]);
    }

    [Fact]
    public async Task Query_PageOfAList_Bound()
    {
        await using var host = await ApiHost.StartAsync();

        var (_, json) = await Send(host, HttpMethod.Get, "/v1/items?pageSize=5&pageToken=t%2B1");

        Assert.Equal("5t+1", (string?)json["nextPageToken"]);
    }

    [Theory]
    [InlineData("pageSize=x", "pageSize")]
    [InlineData("pageSize=1&pageSize=2", "pageSize")]
    [InlineData("size=1", "size")]
    public async Task Query_Wrong_NamesTheParameter(string query, string field)
    {
        await using var host = await ApiHost.StartAsync();

        var (status, json) = await Send(host, HttpMethod.Get, "/v1/items?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(field, (string?)json["error"]!["field"]);
    }

    [Fact]
    public async Task Body_ContradictsThePath_Refused()
    {
        await using var host = await ApiHost.StartAsync();

        var (status, json) = await Send(host, HttpMethod.Post, "/v1/clients/c1/link", """{"clientId":"c2","anonymousId":"a1"}""");
        var (agrees, _) = await Send(host, HttpMethod.Post, "/v1/clients/c1/link", """{"clientId":"c1","anonymousId":"a1"}""");

        Assert.Equal((HttpStatusCode.BadRequest, "clientId"), (status, (string?)json["error"]!["field"]));
        Assert.Equal(HttpStatusCode.OK, agrees);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "NOT_FOUND")]
    [InlineData("GET", "/", 404, "NOT_FOUND")]
    [InlineData("GET", "/v1/clients/", 404, "NOT_FOUND")]
    [InlineData("GET", "/v1/items/unknown", 404, "NOT_FOUND")]
    [InlineData("PATCH", "/v1/items", 405, "UNIMPLEMENTED")]
    [InlineData("POST", "/v1/events", 415, "INVALID_ARGUMENT")]
    public async Task Request_OutOfPlace_ErrorInJson(string verb, string path, int status, string code)
    {
        await using var host = await ApiHost.StartAsync();

        var (answered, json) = await Send(host, new HttpMethod(verb), path);

        Assert.Equal((status, code), ((int)answered, (string?)json["error"]!["code"]));
    }

    [Fact]
    public async Task Verb_NotPossible_AllowSaysWhatIs()
    {
        await using var host = await ApiHost.StartAsync();

        var response = await host.SendAsync(HttpMethod.Patch, "/v1/items");

        Assert.Equal(["GET", "PUT"], response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{} x")]
    public async Task Body_NoObject_InvalidArgument(string body)
    {
        await using var host = await ApiHost.StartAsync();

        var (status, json) = await Send(host, HttpMethod.Put, "/v1/items", body);

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_ARGUMENT"), (status, (string?)json["error"]!["code"]));
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task Body_TooLargeWithAndWithoutLength_413()
    {
        await using var host = await ApiHost.StartAsync(options => options.MaxMessageBytes = 2048);
        var body = $$"""{"placement":"{{new string('x', 3000)}}"}""";
        var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions/content") { Content = ApiHost.Body(body) };
        chunked.Headers.TransferEncodingChunked = true;

        var (known, json) = await Send(host, HttpMethod.Post, "/v1/decisions/content", body);
        var unknown = await Wait.For(host.Json.SendAsync(chunked), "answer");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "RESOURCE_EXHAUSTED"), (known, (string?)json["error"]!["code"]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, unknown.StatusCode);
    }

    [Fact]
    public async Task Body_NotUtf8_InvalidArgument()
    {
        await using var host = await ApiHost.StartAsync();
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new("application/json");

        var response = await Wait.For(host.Json.PutAsync("/v1/items", content), "answer");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Body_NestedTooDeep_InvalidArgument()
    {
        await using var host = await ApiHost.StartAsync();
        var deep = new StringBuilder().Insert(0, "{\"a\":", 5000).Append('1').Append('}', 5000);

        var (status, _) = await Send(host, HttpMethod.Put, "/v1/campaigns", $$"""{"campaigns":[{"campaignId":"c","targeting":{{deep}}}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task Engine_SemanticFaults_AllInTheAnswer()
    {
        await using var host = await ApiHost.StartAsync();
        host.Engine.OnRecord = (_, _) => throw new GridException([new Fault("events[0].type", "missing", "1 to 64 bytes"), new Fault("events[1].type", "missing")]);

        var (status, json) = await Send(host, HttpMethod.Post, "/v1/events", Event);

        var error = json["error"]!;
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("events[0].type", "1 to 64 bytes"), ((string?)error["field"], (string?)error["limit"]));
        Assert.Equal(2, error["violations"]!.AsArray().Count);
    }

    [Fact]
    public async Task Handler_TooSlow_504()
    {
        var time = new ManualTime();
        await using var host = await ApiHost.StartAsync(time: time);
        var armed = new TaskCompletionSource();
        host.Engine.OnPick = async (_, _) =>
        {
            armed.TrySetResult();
            await Task.Delay(TimeSpan.FromDays(1), time);
            return new PickContentResponse();
        };

        var sending = Send(host, HttpMethod.Post, "/v1/decisions/content", """{"placement":"home"}""");
        await Wait.For(armed.Task, "call of the handler");
        await time.ArmedAsync(TimeSpan.FromDays(1));
        await time.ArmedAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30));
        var (status, json) = await sending;

        Assert.Equal((HttpStatusCode.GatewayTimeout, "DEADLINE_EXCEEDED"), (status, (string?)json["error"]!["code"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Bodies_Mutated_NeverServerErrors(int seed)
    {
        var random = new Random(seed);
        await using var host = await ApiHost.StartAsync();
        const string tokens = "{}[]\",:0123456789.eE-+ntfu\\ \u0000\u00fcx";

        for (var round = 0; round < 300; round++)
        {
            var body = new StringBuilder(Event);
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                body[random.Next(body.Length)] = tokens[random.Next(tokens.Length)];
            }

            var (status, json) = await Send(host, HttpMethod.Post, "/v1/events", body.ToString());
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"seed {seed}, round {round}: {status} for {body}: {json.ToJsonString()}");
        }
    }

    private static async Task<(HttpStatusCode Status, JsonNode Json)> Send(ApiHost host, HttpMethod verb, string path, string? body = null)
    {
        using var response = await host.SendAsync(verb, path, body);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var text = await Wait.For(response.Content.ReadAsStringAsync(), "body");
        return (response.StatusCode, JsonNode.Parse(text) ?? throw new JsonException("null"));
    }
}
