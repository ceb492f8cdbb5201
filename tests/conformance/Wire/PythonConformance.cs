using System.Text.Json.Nodes;
using Footprint.Grid.Conformance.Processes;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>Debian's grpcio for Python, unmodified and without generated code: it builds its messages from reflection.</summary>
public abstract class PythonConformance
{
    /// <summary>What is spoken to; tests use client ids of their own.</summary>
    protected abstract WireTarget Target { get; }

    [PythonGrpcFact]
    public async Task Unary_FromReflectionAlone_RecordsOnce()
    {
        var seen = await RunAsync("unary");

        Assert.Contains("footprint.grid.v1.Ingest", seen["services"]!.AsArray().Select(service => (string?)service));
        Assert.Equal(5, (int?)seen["unknown"]);
        Assert.Equal("DURABLE", (string?)seen["first"]!["results"]![0]!["status"]);
        Assert.Equal("DUPLICATE", (string?)seen["again"]!["results"]![0]!["status"]);
        Assert.Equal("like", (string?)seen["profile"]!["counters"]![0]!["type"]);
        Assert.Equal("1", (string?)seen["profile"]!["counters"]![0]!["total"]);
    }

    [PythonGrpcFact]
    public async Task Stream_OneMessageAfterTheOther_IsAckedEachTime()
    {
        var seen = await RunAsync("stream");

        var acks = seen["acks"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, 20), acks.Select(ack => (int)ack![0]!));
        Assert.All(acks, ack => Assert.Equal("DURABLE", (string?)ack![1]));
        Assert.Equal(0, (int?)seen["rest"]);
        Assert.Equal("OK", (string?)seen["code"]);
    }

    [PythonGrpcFact]
    public async Task Refusals_HaveTheirCodes()
    {
        var seen = await RunAsync("refused");

        Assert.Equal("INVALID_ARGUMENT", (string?)seen["field"]);
        Assert.Equal("UNAUTHENTICATED", (string?)seen["noKey"]);
        Assert.Equal("UNAUTHENTICATED", (string?)seen["wrongKey"]);
    }

    private async Task<JsonNode> RunAsync(string scenario)
    {
        var result = await Tool.RunAsync(PythonGrpcFactAttribute.Program!, ["-B", "probe.py", scenario], SourceFolder.Path("tests/conformance/python"), new Dictionary<string, string>
        {
            ["GRID_TARGET"] = Target.Grpc.Authority,
            ["GRID_KEY"] = Target.Key,
        });
        return JsonNode.Parse(result.Succeeded())!;
    }
}
