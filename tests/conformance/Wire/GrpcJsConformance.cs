using System.Text.Json.Nodes;
using Footprint.Grid.Conformance.Processes;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>@grpc/grpc-js with @grpc/proto-loader, unmodified, against a running node.</summary>
public abstract class GrpcJsConformance
{
    /// <summary>What is spoken to; tests use client ids of their own.</summary>
    protected abstract WireTarget Target { get; }

    [ProgramFact("node", "npm")]
    public async Task Unary_FromItemToPick_AnswersWithTheEventInside()
    {
        var seen = await JsClient.RunAsync("unary", Target);

        Assert.Null(seen["items"]!["error"]);
        Assert.Equal("DURABLE", Text(seen, "first", "response", "results", "0", "status"));
        Assert.Equal("DUPLICATE", Text(seen, "again", "response", "results", "0", "status"));
        Assert.Equal("js-i1", Text(seen, "pick", "response", "picks", "0", "itemId"));
        Assert.Equal("true", Text(seen, "pick", "response", "personalized"));
        Assert.Equal("1", Text(seen, "profile", "response", "counters", "0", "total"));
        Assert.Equal("js-golf", Text(seen, "profile", "response", "interests", "0", "topic"));
    }

    [ProgramFact("node", "npm")]
    public async Task Stream_ManyMessagesAtOnce_AreAckedInTheOrderSent()
    {
        var seen = await JsClient.RunAsync("stream", Target);

        Assert.Equal("OK", Text(seen, "code"));
        Assert.Equal(Enumerable.Range(1, 50), seen["sequences"]!.AsArray().Select(sequence => (int)sequence!));
        var results = seen["results"]!.AsArray();
        for (var sequence = 1; sequence <= 50; sequence++)
        {
            var status = sequence % 2 == 1 ? "DURABLE" : "APPLIED";
            Assert.Equal(
                Enumerable.Range(0, 1 + (sequence % 7)).Select(n => $"js-s{sequence}-{n} {status}"),
                results[sequence - 1]!.AsArray().Select(result => (string)result!));
        }
    }

    [ProgramFact("node", "npm")]
    public async Task Deadline_OfACallThatNeverEnds_EndsIt()
    {
        var seen = await JsClient.RunAsync("deadline", Target);

        Assert.Equal("DEADLINE_EXCEEDED", Text(seen, "code"));
        Assert.Equal("DEADLINE_EXCEEDED", Text(seen, "idle"));
        Assert.Equal("SERVING", Text(seen, "watched", "0"));
    }

    [ProgramFact("node", "npm")]
    public async Task Cancel_InTheMiddleOfAStream_KeepsWhatWasAcked()
    {
        var seen = await JsClient.RunAsync("cancel", Target);

        Assert.Equal("CANCELLED", Text(seen, "code"));
        Assert.Equal("DURABLE", Text(seen, "ack", "results", "0", "status"));
        Assert.Equal("1", Text(seen, "profile", "response", "counters", "0", "total"));
    }

    [ProgramFact("node", "npm")]
    public async Task Errors_CarryGoogleRpcDetails()
    {
        var seen = await JsClient.RunAsync("errors", Target);

        Assert.Equal("INVALID_ARGUMENT", Text(seen, "field", "error", "code"));
        Assert.Equal("3", Text(seen, "field", "error", "status", "code"));
        var badRequest = Assert.Single(
            seen["field"]!["error"]!["status"]!["details"]!.AsArray(), detail => (string?)detail!["type"] == "google.rpc.BadRequest");
        Assert.Equal("placement", Text(badRequest, "fieldViolations", "0", "field"));
        Assert.Equal("APPLIED", Text(seen, "batch", "response", "results", "0", "status"));
        Assert.Equal("REJECTED", Text(seen, "batch", "response", "results", "1", "status"));
        Assert.Equal("events[1].topics[0].weight", Text(seen, "batch", "response", "results", "1", "error", "field"));
        Assert.Equal("NOT_FOUND", Text(seen, "missing", "error", "code"));
        Assert.Equal("UNAUTHENTICATED", Text(seen, "noKey", "error", "code"));
        Assert.Equal("UNAUTHENTICATED", Text(seen, "wrongKey", "error", "code"));
    }

    [ProgramFact("node", "npm")]
    public async Task Health_CheckAndWatch_AnswerWithoutAKey()
    {
        var seen = await JsClient.RunAsync("health", Target);

        Assert.Equal("SERVING", Text(seen, "all", "response", "status"));
        Assert.Equal("SERVING", Text(seen, "one", "response", "status"));
        Assert.Equal("NOT_FOUND", Text(seen, "unknown", "error", "code"));
        Assert.Equal("SERVING", Text(seen, "watched"));
        Assert.Equal("CANCELLED", Text(seen, "ended"));
    }

    [ProgramFact("node", "npm")]
    public async Task Reflection_Alone_IsEnoughToRecordAnEvent()
    {
        var seen = await JsClient.RunAsync("reflection", Target);

        var services = seen["services"]!.AsArray().Select(service => (string)service!).ToList();
        Assert.Contains("footprint.grid.v1.Ingest", services);
        Assert.Contains("footprint.grid.v1.Decisions", services);
        Assert.Contains("footprint.grid.v1.Profiles", services);
        Assert.Contains("footprint.grid.v1.Definitions", services);
        Assert.Contains("grpc.health.v1.Health", services);
        Assert.Contains("grpc.reflection.v1.ServerReflection", services);
        Assert.Equal("5", Text(seen, "unknown", "errorCode"));
        Assert.NotEqual("0", Text(seen, "method"));
        Assert.Equal("DURABLE", Text(seen, "recorded", "response", "results", "0", "status"));
    }

    [ProgramFact("node", "npm")]
    public async Task Gzip_InRequests_IsUnderstood()
    {
        var seen = await JsClient.RunAsync("gzip", Target);

        Assert.Null(seen["error"]);
        Assert.Equal("DURABLE", Text(seen, "statuses", "0"));
        Assert.Single(seen["statuses"]!.AsArray());
        Assert.Equal("view 200", Text(seen, "total", "0"));
        Assert.Equal("200", Text(seen, "recent"));
    }

    [ProgramFact("node", "npm")]
    public async Task Limits_OfMessageBatchAndEvent_AreRefusedAndChangeNothing()
    {
        var seen = await JsClient.RunAsync("limits", Target);

        Assert.Equal("RESOURCE_EXHAUSTED", Text(seen, "message", "error", "code"));
        Assert.Equal("RESOURCE_EXHAUSTED", Text(seen, "bomb", "error", "code"));
        Assert.Equal("INVALID_ARGUMENT", Text(seen, "batch", "error", "code"));
        Assert.Equal("INVALID_ARGUMENT", Text(seen, "empty", "error", "code"));
        Assert.Equal("REJECTED", Text(seen, "event", "response", "results", "0", "status"));
        Assert.Equal("events[0]", Text(seen, "event", "response", "results", "0", "error", "field"));
        Assert.Equal("APPLIED", Text(seen, "event", "response", "results", "1", "status"));
        Assert.Equal("1", Text(seen, "profile", "response", "counters", "0", "total"));
    }

    /// <summary>The text at a path of names and indexes.</summary>
    private static string Text(JsonNode? at, params string[] path)
    {
        var whole = at?.ToJsonString();
        foreach (var step in path)
        {
            at = at is JsonArray array ? array.ElementAtOrDefault(int.Parse(step)) : at?[step];
        }

        Assert.True(at is not null, $"nothing at {string.Join('.', path)} of {whole}");
        return at.ToString();
    }
}
