using Google.Rpc;

namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>Likewise with one node, which is killed and started again.</summary>
internal sealed class NodeFaultRun(string name, int seed) : FaultRun(name, seed, clients: 40, writers: 4)
{
    private const int ManyMessages = int.MaxValue;

    /// <summary>Streams until <paramref name="fault"/> strikes at a moment that the seed names; it must end every stream.</summary>
    public Task<GrpcReply?[]> StreamUntilAsync(NodeProcess node, Func<Task> fault) => StreamAsync(node, ManyMessages, fault);

    /// <summary>Likewise, but the streams go on after the fault to their own good end.</summary>
    public async Task StreamUntilPausedAsync(NodeProcess node, Func<Task> fault) =>
        AssertOk(await StreamAsync(node, 150, fault), node);

    public Task<GrpcReply?[]> StreamUntilKilledAsync(NodeProcess node) => StreamUntilAsync(node, () =>
    {
        History.Add(new HistoryLine(HistoryLine.Killed));
        return node.KillAsync();
    });

    /// <summary>Sends what is left unacknowledged and a little more, to the end of every stream.</summary>
    public async Task FinishAsync(NodeProcess node)
    {
        using var client = Client(node);
        AssertOk(await Task.WhenAll(Writers.Select(writer => writer.RunAsync(client, 20, () => { }))).Within("the last streams end"), node);
    }

    /// <summary>Reads every client's profile into the history.</summary>
    public async Task ObserveAsync(NodeProcess node)
    {
        using var client = Client(node);
        await ObserveAsync(client);
    }

    public static GrpcClient Client(NodeProcess node) => new(node.Settings.Grpc, node.Settings.Key);

    private static void AssertOk(GrpcReply?[] ends, NodeProcess node) => Assert.All(
        ends, end => Assert.True(end?.Code == Code.Ok, $"a stream ended with {end?.ToString() ?? "a broken connection"}\n{node.Output}"));

    private async Task<GrpcReply?[]> StreamAsync(NodeProcess node, int messages, Func<Task> fault)
    {
        var left = 30 + Random.Next(170);
        var strike = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = Client(node);
        var streams = Writers.Select(writer => writer.RunAsync(client, messages, () =>
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                strike.SetResult();
            }
        })).ToArray();

        var first = await Task.WhenAny(strike.Task, Task.WhenAny(streams)).Within("enough acks for the fault to strike");
        if (first != strike.Task)
        {
            // Nothing was killed yet, so whatever ended this stream is a fault of its own.
            var status = await await Task.WhenAny(streams);
            Assert.Fail($"a stream ended before the fault: {status}\n{node.Output}");
        }

        await fault();
        return await Task.WhenAll(streams).Within("all streams end after the fault");
    }
}
