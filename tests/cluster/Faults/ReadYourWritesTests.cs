using Footprint.Grid.V1;
using Xunit.Abstractions;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>What was acknowledged through one gateway is in the next decision through another.</summary>
[Collection(FaultClusterGroup.Name)]
public sealed class ReadYourWritesTests(FaultCluster cluster, ITestOutputHelper output)
{
    private const string CountVariable = "READ_YOUR_WRITES";
    private const int Callers = 16;
    private const int ClientsOfCaller = 50;

    private static readonly int _pairs = int.TryParse(Environment.GetEnvironmentVariable(CountVariable), out var pairs) ? pairs : 3_000;

    [ProgramFact(RedisProcess.Program)]
    public Task Pick_AfterARecordThroughTheOtherGateway_KnowsOfIt() => cluster.RunAsync(async () =>
    {
        using var first = cluster.Processes.Client(0);
        using var second = cluster.Processes.Client(1);
        var each = (_pairs + Callers - 1) / Callers;
        var stale = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CountStaleAsync(first, second, caller, each)));
        output.WriteLine($"{each * Callers} pairs, {stale.Sum()} of them stale");
        Assert.Equal(0, stale.Sum());
    });

    private static async Task<int> CountStaleAsync(GrpcClient first, GrpcClient second, int caller, int pairs)
    {
        var random = new Random(caller);
        var versions = new ulong[ClientsOfCaller];
        var stale = 0;
        for (var n = 0; n < pairs; n++)
        {
            var (write, read) = random.Next(2) == 0 ? (first, second) : (second, first);
            var client = random.Next(ClientsOfCaller);
            var id = $"ryw-{caller}-{client}";
            var recorded = await write.CallAsync(
                "/footprint.grid.v1.Ingest/Record",
                new RecordRequest { Ack = RecordRequest.Types.Ack.Applied, Events = { new FootprintEvent { ClientId = id, Type = "view" } } },
                RecordResponse.Parser);
            Assert.Equal(RecordResult.Types.Status.Applied, Assert.Single(recorded.Results).Status);
            versions[client]++;
            var picked = await read.CallAsync(
                "/footprint.grid.v1.Decisions/PickContent", new PickContentRequest { ClientId = id, Placement = "home" }, PickContentResponse.Parser);
            stale += picked.ProfileVersion == versions[client] ? 0 : 1;
        }

        return stale;
    }
}
