using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Node.Tests.Faults;

/// <summary>Several callers stream durable events to one node, which is killed and started again under their hands.</summary>
internal sealed class FaultRun : IDisposable
{
    private const int Writers = 4;
    private const int ManyMessages = int.MaxValue;

    private readonly Random _random;
    private readonly FaultClients _clients;
    private readonly FaultWriter[] _writers;

    public FaultRun(string name, int seed)
    {
        _random = new Random(seed);
        History = new History($"{name}-{seed}");
        _clients = new FaultClients($"{name}{seed}", 40);
        _writers = [.. Enumerable.Range(0, Writers).Select(n => new FaultWriter($"w{n}", (seed * Writers) + n, _clients, History))];
    }

    public History History { get; }

    public FaultClients Clients => _clients;

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
        using var client = new GrpcClient(node.Settings.Grpc, node.Settings.Key);
        AssertOk(await Task.WhenAll(_writers.Select(writer => writer.RunAsync(client, 20, () => { }))).Within("the last streams end"), node);
    }

    /// <summary>Reads every client's profile into the history.</summary>
    public async Task ObserveAsync(NodeProcess node)
    {
        using var client = new GrpcClient(node.Settings.Grpc, node.Settings.Key);
        foreach (var id in _clients.Ids)
        {
            var reply = await client.TryAsync("/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = id });
            Assert.True(reply.Code is Code.Ok or Code.NotFound, $"{id}: {reply.Code} {reply.Message}");
            var profile = reply.Body is null ? new Profile() : Profile.Parser.ParseFrom(reply.Body);
            History.Add(new HistoryLine(HistoryLine.Observed)
            {
                Client = id,
                Totals = profile.Counters.ToDictionary(counter => counter.Type, counter => counter.Total),
                Items = [.. profile.RecentItems.Select(item => item.ItemId)],
            });
        }
    }

    /// <summary>What the checker says of the history so far.</summary>
    public IReadOnlyList<string> Violations() => HistoryChecker.Check(History.ReadAll());

    public void AssertNothingLostOrTwice()
    {
        var violations = Violations();
        Assert.True(violations.Count == 0, $"{History.Path}:\n{string.Join('\n', violations.Take(20))}");
    }

    public void Dispose() => History.Dispose();

    private static void AssertOk(GrpcReply?[] ends, NodeProcess node) => Assert.All(
        ends, end => Assert.True(end?.Code == Code.Ok, $"a stream ended with {end?.ToString() ?? "a broken connection"}\n{node.Output}"));

    private async Task<GrpcReply?[]> StreamAsync(NodeProcess node, int messages, Func<Task> fault)
    {
        var left = 30 + _random.Next(170);
        var strike = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new GrpcClient(node.Settings.Grpc, node.Settings.Key);
        var streams = _writers.Select(writer => writer.RunAsync(client, messages, () =>
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
