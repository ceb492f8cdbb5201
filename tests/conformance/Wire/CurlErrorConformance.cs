using Footprint.Grid.Conformance.Processes;
namespace Footprint.Grid.Conformance.Wire;

/// <summary>What the JSON side answers to requests that it refuses, with curl.</summary>
public abstract class CurlErrorConformance
{
    /// <summary>What is spoken to; tests use client ids of their own.</summary>
    protected abstract WireTarget Target { get; }

    [ProgramFact("curl")]
    public async Task BadEvent_InABatch_IsNamedByFieldAndLimitAndSinksNothing()
    {
        var recorded = await Curl.JsonAsync(Target, "POST", "/v1/events", """
            {"ack":"APPLIED","events":[{"clientId":"curl-bad","type":"view"},{"clientId":"curl-bad","type":"view"},{"clientId":"curl-bad","type":"view"},
            {"clientId":"curl-bad","type":"view","topics":[{"topic":"golf","weight":-1}]}]}
            """);
        var profile = await Curl.JsonAsync(Target, "GET", "/v1/clients/curl-bad");

        Assert.Equal(["APPLIED", "APPLIED", "APPLIED", "REJECTED"], recorded["results"]!.AsArray().Select(result => (string)result!["status"]!));
        var error = recorded["results"]![3]!["error"]!;
        Assert.Equal("INVALID_ARGUMENT", (string?)error["code"]);
        Assert.Equal("events[3].topics[0].weight", (string?)error["field"]);
        Assert.NotEqual("", (string?)error["limit"]);
        Assert.Equal("3", (string?)profile["counters"]![0]!["total"]);
        Assert.Empty(profile["interests"]!.AsArray());
    }

    [ProgramTheory("curl")]
    [InlineData("""{"events":[{"clientId":"curl-x","type":"view","colour":"red"}]}""", "colour")]
    [InlineData("""{"evnets":[]}""", "evnets")]
    [InlineData("""{"events":[{"clientId":"curl-x","type":"view","tenant":"other"}]}""", "tenant")]
    public async Task UnknownField_IsRefusedByName(string json, string field)
    {
        var answer = await Curl.SendAsync(Target, "POST", "/v1/events", json);

        Assert.Equal(400, answer.Status);
        Assert.Equal("INVALID_ARGUMENT", (string?)answer.Error["code"]);
        Assert.Contains(field, answer.Error.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(404, (await Curl.SendAsync(Target, "GET", "/v1/clients/curl-x")).Status);
    }

    [ProgramTheory("curl")]
    [InlineData("""{"events":[{"clientId":"curl-y","type":"view","channel":"PIGEON"}]}""")]
    [InlineData("""{"events":[{"clientId":7,"type":"view"}]}""")]
    [InlineData("""{"events":[{"clientId":"curl-y","type":"view","time":"yesterday"}]}""")]
    [InlineData("""{"events":[{"clientId":"curl-y","type":"view"}""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public async Task Syntax_ThatIsWrong_IsRefusedAsAWhole(string json)
    {
        var answer = await Curl.SendAsync(Target, "POST", "/v1/events", json);

        Assert.Equal(400, answer.Status);
        Assert.Equal("INVALID_ARGUMENT", (string?)answer.Error["code"]);
        Assert.NotEqual("", (string?)answer.Error["message"]);
    }

    [ProgramFact("curl")]
    public async Task Body_PastItsBound_IsRefusedWithTheLimit()
    {
        var answer = await Curl.SendAsync(Target, "POST", "/v1/events", $$"""{"events":[{"clientId":"{{new string('x', 5 << 20)}}"}]}""");

        Assert.True(answer.Status is 413 or 429, $"{answer.Status}");
        Assert.Equal("RESOURCE_EXHAUSTED", (string?)answer.Error["code"]);
        Assert.NotEqual("", (string?)answer.Error["limit"]);
    }

    [ProgramFact("curl")]
    public async Task Key_MissingOrWrong_Is401()
    {
        var none = await Curl.SendAsAsync(null, Target, "GET", "/v1/clients/curl-1");
        var wrong = await Curl.SendAsAsync("wrong", Target, "GET", "/v1/clients/curl-1");

        Assert.Equal(401, none.Status);
        Assert.Equal("UNAUTHENTICATED", (string?)none.Error["code"]);
        Assert.Equal(401, wrong.Status);
        Assert.Equal("UNAUTHENTICATED", (string?)wrong.Error["code"]);
    }

    [ProgramFact("curl")]
    public async Task Route_ThatIsNotThere_Is404WithAnError()
    {
        var answer = await Curl.SendAsync(Target, "GET", "/v1/nothing");

        Assert.Equal(404, answer.Status);
        Assert.Equal("NOT_FOUND", (string?)answer.Error["code"]);
    }

    [ProgramFact("curl")]
    public async Task Health_Metrics_AndDescription_NeedNoKey()
    {
        var live = await Curl.SendAsAsync(null, Target, "GET", "/health/live");
        var ready = await Curl.SendAsAsync(null, Target, "GET", "/health/ready");
        var description = await Curl.SendAsAsync(null, Target, "GET", "/openapi/v1.json");
        var metrics = await Curl.SendAsAsync(null, Target, "GET", "/metrics");

        Assert.Equal(200, live.Status);
        Assert.Equal(200, ready.Status);
        Assert.StartsWith("3.", (string?)description.Json["openapi"]);
        Assert.NotNull(description.Json["paths"]!["/v1/events"]!["post"]);
        Assert.NotNull(description.Json["paths"]!["/v1/decisions/content"]!["post"]);
        Assert.Equal(200, metrics.Status);
        Assert.Contains("# TYPE ", metrics.Body, StringComparison.Ordinal);
    }
}
