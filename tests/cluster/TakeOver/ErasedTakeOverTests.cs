using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Status = Footprint.Grid.V1.RecordResult.Types.Status;

namespace Footprint.Grid.Cluster.Tests.TakeOver;

/// <summary>Who was erased by a node stays erased in the cluster that goes on, and the other way round.</summary>
public sealed class ErasedTakeOverTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BuiltNodeFact]
    public async Task Erased_ByEither_StaysOutInTheOther()
    {
        await using var redis = await RedisProcess.StartAsync(_folder.Path);
        await OnNodeAsync(redis, async client =>
        {
            await StoreAsync(client, "of-node", "linked-of-node");
            await EraseAsync(client, "of-node");
        });
        Assert.False(await IsNamedAsync(redis, "of-node"));

        await using (var cluster = await ClusterProcesses.StartAsync(
            new ClusterShape { Silos = 2, Gateways = 1, SiloArguments = ["--secret-file", _folder.File("secret")] }, redis))
        {
            await cluster.RunAsync(async () =>
            {
                using var client = cluster.Client();
                Assert.Equal(Status.Rejected, await RecordAsync(client, "of-node", minutesAgo: 5));
                Assert.Equal(Status.Rejected, await RecordAsync(client, "linked-of-node", minutesAgo: 5));
                await StoreAsync(client, "of-cluster", "linked-of-cluster");
                var receipt = await EraseAsync(client, "of-cluster");
                Assert.Contains(receipt.Copies, copy => copy.Name.StartsWith("keys of Redis", StringComparison.Ordinal));
                Assert.Equal(Status.Rejected, await RecordAsync(client, "linked-of-cluster", minutesAgo: 5));
            });
            foreach (var silo in cluster.Silos)
            {
                Assert.Equal(0, await silo.TerminateAsync());
            }
        }

        Assert.False(await IsNamedAsync(redis, "of-cluster"));
        await OnNodeAsync(redis, async client =>
        {
            foreach (var id in new[] { "of-node", "linked-of-node", "of-cluster", "linked-of-cluster" })
            {
                Assert.Equal(Status.Rejected, await RecordAsync(client, id, minutesAgo: 5));
                Assert.Equal(Status.Durable, await RecordAsync(client, id, minutesAgo: 0));
            }
        });
    }

    [BuiltNodeFact]
    public async Task Silo_WithAnotherSecretThanTheNodes_DoesNotStart()
    {
        await using var redis = await RedisProcess.StartAsync(_folder.Path);
        await OnNodeAsync(redis, client => RecordAsync(client, "c", minutesAgo: 1));
        File.WriteAllText(_folder.File("other"), "another secret of thirty-two bytes or more");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => ClusterProcesses.StartAsync(
            new ClusterShape { Silos = 1, Gateways = 0, SiloArguments = ["--secret-file", _folder.File("other")] }, redis));

        Assert.Contains("first opened with another secret", fault.Message, StringComparison.Ordinal);
    }

    private async Task OnNodeAsync(RedisProcess redis, Func<GrpcClient, Task> act)
    {
        const string key = "key-of-the-node";
        var http = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var grpc = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using var node = new HostProcess(
            "node", BuiltProgram.Path("Node"),
            ["--http", http.Authority, "--grpc", grpc.Authority, "--data", _folder.Path, "--store", "redis", "--redis", redis.Address],
            new Dictionary<string, string> { ["FOOTPRINT_API_KEY"] = key }, http, _folder.Path);
        await node.ReadyAsync();
        using (var client = new GrpcClient(grpc, key))
        {
            await act(client);
        }

        Assert.Equal(0, await node.TerminateAsync());
    }

    private static async Task StoreAsync(GrpcClient client, string known, string anonymous)
    {
        Assert.Equal(Status.Durable, await RecordAsync(client, known, minutesAgo: 10));
        Assert.Equal(Status.Durable, await RecordAsync(client, anonymous, minutesAgo: 10));
        await client.CallAsync(
            "/footprint.grid.v1.Profiles/Link", new LinkRequest { ClientId = known, AnonymousId = anonymous }, LinkResponse.Parser);
    }

    private static Task<EraseResponse> EraseAsync(GrpcClient client, string id) =>
        client.CallAsync("/footprint.grid.v1.Profiles/Erase", new EraseRequest { ClientId = id }, EraseResponse.Parser);

    private static async Task<Status> RecordAsync(GrpcClient client, string id, int minutesAgo)
    {
        var act = new FootprintEvent { ClientId = id, Type = "view", Time = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(-minutesAgo)) };
        var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { act } };
        return Assert.Single((await client.CallAsync("/footprint.grid.v1.Ingest/Record", request, RecordResponse.Parser)).Results).Status;
    }

    // Only keys of clients: processes and events are nobody's ids.
    private static async Task<bool> IsNamedAsync(RedisProcess redis, string client)
    {
        var keys = (await Tool.RunAsync("redis-cli", ["-p", $"{redis.Port}", "KEYS", "*"])).Succeeded();
        return keys.Contains(client, StringComparison.Ordinal);
    }
}
