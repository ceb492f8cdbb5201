using Footprint.Grid.Conformance.Processes;
namespace Footprint.Grid.Conformance.Wire;

/// <summary>The JSON side as the README walks through it, with curl.</summary>
public abstract class CurlConformance
{
    /// <summary>What is spoken to; tests use client ids of their own.</summary>
    protected abstract WireTarget Target { get; }

    [ProgramFact("curl")]
    public async Task Walk_FromItemToErasure_AnswersAsPromised()
    {
        var version = await Curl.JsonAsync(Target, "PUT", "/v1/items", """
            {"items":[{"itemId":"curl-i1","topics":[{"topic":"curl-golf","weight":1}],"attributes":{"brand":"x"},"title":"Irons","url":"https://shop.example/i1"},
            {"itemId":"curl-i2","topics":[{"topic":"curl-tennis","weight":1}],"title":"Racket"}]}
            """);
        Assert.True(ulong.Parse((string)version["version"]!) > 0);

        var recorded = await Curl.JsonAsync(Target, "POST", "/v1/events", """
            {"ack":"DURABLE","events":[{"eventId":"curl-e1","clientId":"curl-1","type":"click","channel":"WEB","itemId":"curl-i1",
            "topics":[{"topic":"curl-golf","weight":1}],"value":{"amount":12.5,"currency":"EUR"},"properties":{"query":"irons"}}]}
            """);
        Assert.Equal("curl-e1", (string?)recorded["results"]![0]!["eventId"]);
        Assert.Equal("DURABLE", (string?)recorded["results"]![0]!["status"]);
        Assert.NotNull(recorded["results"]![0]!["time"]);

        var pick = await Curl.JsonAsync(Target, "POST", "/v1/decisions/content", """
            {"clientId":"curl-1","placement":"home","count":2,"candidates":["curl-i1","curl-i2"],"context":{"channel":"WEB"},"deadlineMs":5000}
            """);
        Assert.Equal("NONE", (string?)pick["fallback"]);
        Assert.True((bool?)pick["personalized"]);
        Assert.NotEqual("", (string?)pick["decisionId"]);
        Assert.Equal("curl-i1", (string?)pick["picks"]![0]!["itemId"]);
        Assert.All(pick["picks"]!.AsArray(), one => Assert.Equal(
            (double)one!["score"]!, one["reasons"]!.AsArray().Sum(reason => (double)reason!["contribution"]!), 9));

        var profile = await Curl.JsonAsync(Target, "GET", "/v1/clients/curl-1");
        Assert.Equal("curl-golf", (string?)profile["interests"]![0]!["topic"]);
        Assert.Equal("INFERRED", (string?)profile["interests"]![0]!["trust"]);
        Assert.Equal("1", (string?)profile["counters"]![0]!["total"]);

        var outcome = await Curl.JsonAsync(Target, "POST", "/v1/outcomes", $$"""
            {"ack":"DURABLE","outcomes":[{"decisionId":"{{pick["decisionId"]}}","clientId":"curl-1","itemId":"curl-i1","kind":"CLICK"}]}
            """);
        Assert.Equal("DURABLE", (string?)outcome["results"]![0]!["status"]);

        var export = await Curl.JsonAsync(Target, "GET", "/v1/clients/curl-1/export");
        Assert.Equal("curl-1", (string?)export["profile"]!["clientId"]);

        var erased = await Curl.JsonAsync(Target, "DELETE", "/v1/clients/curl-1");
        Assert.True((bool?)erased["existed"]);
        var after = await Curl.SendAsync(Target, "GET", "/v1/clients/curl-1");
        Assert.DoesNotContain("curl-golf", after.Body, StringComparison.Ordinal);
    }

    [ProgramFact("curl")]
    public async Task Consents_Denied_MakeTheNextPickContextual()
    {
        await Curl.JsonAsync(Target, "POST", "/v1/events", """
            {"ack":"APPLIED","events":[{"clientId":"curl-2","type":"click","topics":[{"topic":"curl-secret","weight":1}]}]}
            """);
        var set = await Curl.JsonAsync(Target, "PUT", "/v1/clients/curl-2/consents", """
            {"consents":[{"purpose":"personalization","decision":"DENY","source":"banner","textVersion":"3"}]}
            """);
        Assert.Equal("DENY", (string?)set["consents"]![0]!["decision"]);

        var pick = await Curl.JsonAsync(Target, "POST", "/v1/decisions/content", """{"clientId":"curl-2","placement":"home"}""");

        Assert.False((bool?)pick["personalized"]);
        Assert.Equal("NO_CONSENT", (string?)pick["fallback"]);
        Assert.DoesNotContain("curl-secret", pick.ToJsonString(), StringComparison.Ordinal);
    }

    [ProgramFact("curl")]
    public async Task Link_OfAnAnonymousClient_MovesItsFootprint()
    {
        await Curl.JsonAsync(Target, "POST", "/v1/events", """
            {"ack":"APPLIED","events":[{"clientId":"curl-anon","type":"view","topics":[{"topic":"curl-ski","weight":1}]},
            {"clientId":"curl-known","type":"view","topics":[{"topic":"curl-surf","weight":1}]}]}
            """);

        var first = await Curl.JsonAsync(Target, "POST", "/v1/clients/curl-known/link", """{"anonymousId":"curl-anon"}""");
        var again = await Curl.JsonAsync(Target, "POST", "/v1/clients/curl-known/link", """{"anonymousId":"curl-anon"}""");
        var profile = await Curl.JsonAsync(Target, "GET", "/v1/clients/curl-known");

        Assert.True((bool?)first["merged"]);
        Assert.False((bool?)again["merged"]);
        Assert.Equal(["curl-ski", "curl-surf"], profile["interests"]!.AsArray().Select(interest => (string)interest!["topic"]!).Order());
        Assert.Equal("2", (string?)profile["counters"]![0]!["total"]);
        Assert.Equal("curl-anon", (string?)profile["aliases"]![0]);
    }

    [ProgramFact("curl")]
    public async Task Event_WithoutIdAndTime_IsAnsweredWithBoth()
    {
        var recorded = await Curl.JsonAsync(Target, "POST", "/v1/events", """{"events":[{"clientId":"curl-3","type":"view"}]}""");

        Assert.Equal("APPLIED", (string?)recorded["results"]![0]!["status"]);
        Assert.NotEqual("", (string?)recorded["results"]![0]!["eventId"]);
        Assert.NotNull((string?)recorded["results"]![0]!["time"]);
    }

    [ProgramFact("curl")]
    public async Task Item_PutGetAndDeleted_IsGone()
    {
        await Curl.JsonAsync(Target, "PUT", "/v1/items", """{"items":[{"itemId":"curl-gone","title":"x"}]}""");

        var item = await Curl.JsonAsync(Target, "GET", "/v1/items/curl-gone");
        await Curl.JsonAsync(Target, "DELETE", "/v1/items/curl-gone");
        var after = await Curl.SendAsync(Target, "GET", "/v1/items/curl-gone");

        Assert.Equal("x", (string?)item["title"]);
        Assert.Equal(404, after.Status);
        Assert.Equal("NOT_FOUND", (string?)after.Error["code"]);
    }
}
