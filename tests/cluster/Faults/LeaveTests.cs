using System.Text.Json;
using Footprint.Grid.V1;
using Google.Rpc;
using StackExchange.Redis;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>SIGTERM, as a rolling update sends it.</summary>
public sealed class LeaveTests
{
    // As Orleans numbers the states of a silo.
    private const int Dead = 6;
    private const int Clients = 24;

    [ProgramFact(RedisProcess.Program)]
    public async Task Sigterm_OfASilo_SavesItsClientsAndLeavesTheMembership()
    {
        await using var cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = 2, Gateways = 1 });
        await cluster.RunAsync(async () =>
        {
            using var client = cluster.Client();
            for (var n = 0; n < Clients; n++)
            {
                await RecordAsync(client, $"leave-{n}", RecordRequest.Types.Ack.Applied);
            }

            var leaving = cluster.Silos[0];
            var port = leaving.Settings.SiloPort;
            var exit = await leaving.TerminateAsync();

            Assert.True(exit == 0, $"exit code {exit}");
            Assert.Equal(Dead, await StatusAsync(cluster.Redis.Address, port));

            // Events that were only applied are saved by a silo that leaves in peace.
            for (var n = 0; n < Clients; n++)
            {
                var profile = await client.CallAsync(
                    "/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = $"leave-{n}" }, Profile.Parser);
                Assert.Equal(1ul, (ulong)Assert.Single(profile.Counters).Total);
            }
        });
    }

    [ProgramFact(RedisProcess.Program)]
    public async Task Sigterm_OfAGatewayWithAStream_EndsItWithAStatusAndKeepsItsAcks()
    {
        await using var cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = 1, Gateways = 2 });
        await cluster.RunAsync(async () =>
        {
            using var client = cluster.Client(0);
            using var stream = client.Open("/footprint.grid.v1.Ingest/Stream");
            await stream.WriteAsync(new StreamRequest
            {
                Ack = RecordRequest.Types.Ack.Durable,
                Sequence = 1,
                Events = { new FootprintEvent { ClientId = "leave-stream", Type = "view" } },
            });
            var ack = await stream.ReadAsync(StreamResponse.Parser).Within("the ack");

            var leaving = cluster.Gateways[0].TerminateAsync();
            var end = await stream.ReadAsync(StreamResponse.Parser).Within("the end of the stream");
            var status = await stream.StatusAsync().Within("a status");

            Assert.Equal(1ul, ack!.Sequence);
            Assert.Null(end);
            Assert.Equal(Code.Unavailable, status.Code);
            Assert.Equal(0, await leaving);
            using var other = cluster.Client(1);
            var profile = await other.CallAsync(
                "/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = "leave-stream" }, Profile.Parser);
            Assert.Equal(1ul, (ulong)Assert.Single(profile.Counters).Total);
        });
    }

    private static async Task RecordAsync(GrpcClient client, string id, RecordRequest.Types.Ack ack)
    {
        var request = new RecordRequest { Ack = ack, Events = { new FootprintEvent { ClientId = id, Type = "view" } } };
        var recorded = await client.CallAsync("/footprint.grid.v1.Ingest/Record", request, RecordResponse.Parser);
        Assert.Equal(RecordResult.Types.Status.Applied, Assert.Single(recorded.Results).Status);
    }

    /// <summary>What the membership table says of the silo at a port.</summary>
    private static async Task<int> StatusAsync(string redis, int port)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis).Within("a connection to Redis");
        var rows = await connection.GetDatabase().HashGetAllAsync("footprint-grid/members/footprint-grid").Within("the membership table");
        var row = rows.Single(entry => entry.Name.ToString().Contains($":{port}:", StringComparison.Ordinal));
        var status = JsonDocument.Parse(row.Value.ToString()).RootElement.GetProperty("Status");
        return status.ValueKind == JsonValueKind.Number ? status.GetInt32() : (int)Enum.Parse<Orleans.Runtime.SiloStatus>(status.GetString()!);
    }
}
