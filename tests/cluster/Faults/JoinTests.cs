using Footprint.Grid.V1;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>The ways of a gateway to reach the clients beside that of an Orleans client, by processes as they are built.</summary>
public sealed class JoinTests
{
    private const int Clients = 40;

    [ProgramTheory(RedisProcess.Program)]
    [InlineData("member", 2)]
    [InlineData("silo", 0)]
    public async Task Join_InEachWay_AnswersThroughEveryGatewayAndOutlivesTheOther(string join, int silos)
    {
        await using var cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = silos, Gateways = 2, Join = join });
        await cluster.RunAsync(async () =>
        {
            using var first = cluster.Client(0);
            using var second = cluster.Client(1);
            for (var n = 0; n < Clients; n++)
            {
                var (write, read) = n % 2 == 0 ? (first, second) : (second, first);
                await RecordAsync(write, Id(n));
                Assert.Equal(1ul, await VersionAsync(read, Id(n)));
            }

            // What was durable is known wherever its clients come up now.
            Assert.Equal(0, await cluster.Gateways[0].TerminateAsync());
            for (var n = 0; n < Clients; n++)
            {
                Assert.Equal(1ul, await VersionAsync(second, Id(n)));
            }

            await cluster.Gateways[0].StartAsync();
            Assert.Equal(200, await cluster.Gateways[0].ProbeAsync("ready"));
            Assert.Equal(1ul, await VersionAsync(first, Id(0)));
        });
    }

    private static async Task RecordAsync(GrpcClient client, string id)
    {
        var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { new FootprintEvent { ClientId = id, Type = "view" } } };
        var recorded = await client.CallAsync("/footprint.grid.v1.Ingest/Record", request, RecordResponse.Parser);
        Assert.Equal(RecordResult.Types.Status.Durable, Assert.Single(recorded.Results).Status);
    }

    private static async Task<ulong> VersionAsync(GrpcClient client, string id)
    {
        var request = new PickContentRequest { ClientId = id, Placement = "home" };
        return (await client.CallAsync("/footprint.grid.v1.Decisions/PickContent", request, PickContentResponse.Parser)).ProfileVersion;
    }

    private static string Id(int n) => $"join-{n}";
}
