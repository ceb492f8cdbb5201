using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Batches;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.V1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Grains.Tests.Batches;

/// <summary>Two silos, one of which goes.</summary>
[RequiresTool("redis-server")]
public sealed class BatchClusterTests
{
    private const int Clients = 40;

    private static CallContext Call => new("default", DateTimeOffset.UtcNow.AddSeconds(30), CancellationToken.None);

    [ToolFact]
    public async Task Decisions_OfClientsInMemory_ShareMessagesAndOutliveTheirSilo()
    {
        using RedisServer server = await RedisServer.StartAsync();
        await using GridCluster cluster = await GridCluster.StartAsync(GridCluster.Options(server));
        IClientForwarder forwarder = cluster.Client.GetRequiredService<IClientForwarder>();
        SiloBatches batches = cluster.Client.GetRequiredService<SiloBatches>();

        // The first decision brings a client into memory, the second tells where.
        await PickForAllAsync(forwarder);
        await PickForAllAsync(forwarder);
        Payload[] answers = await AskTogetherAsync(batches);
        Assert.All(answers, a => Assert.Equal((byte)PayloadKind.Answer, a.Kind));
        Assert.All(await PickForAllAsync(forwarder), r => Assert.NotEmpty(r.DecisionId));

        await cluster.KillOneAsync().Within("a silo is killed");

        // Whoever was there is asked for elsewhere, and found again.
        await PickForAllAsync(forwarder);
        await PickForAllAsync(forwarder);
        Assert.All(await AskTogetherAsync(batches), a => Assert.Equal((byte)PayloadKind.Answer, a.Kind));
    }

    private static string Name(int client) => $"c{client}";

    private static byte[] Request(int client) => new PickContentRequest { ClientId = Name(client), Placement = "home" }.ToByteArray();

    private static async Task<PickContentResponse[]> PickForAllAsync(IClientForwarder forwarder)
    {
        ReadOnlyMemory<byte>[] answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(
            c => forwarder.ForwardAsync(ClientOperation.PickContent, Request(c), Call).AsTask())).Within("all clients get picks");
        return [.. answers.Select(a => PickContentResponse.Parser.ParseFrom(a.Span))];
    }

    private static Task<Payload[]> AskTogetherAsync(SiloBatches batches) => Task.WhenAll(Enumerable.Range(0, Clients).Select(c =>
    {
        Payload request = Payload.Request(ClientOperation.PickContent, false, Call.Deadline.ToUnixTimeMilliseconds(), Request(c));
        Assert.True(batches.TryAsk($"default/{Name(c)}", request, out Task<Payload> answer), $"It is not known where {Name(c)} is.");
        return answer;
    })).Within("the batches are answered");
}
