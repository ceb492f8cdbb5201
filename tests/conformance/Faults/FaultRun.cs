using Footprint.Grid.Conformance.Wire;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Conformance.Faults;

/// <summary>Several callers stream durable events while something is killed under their hands, and all of it is written down.</summary>
/// <param name="name">Of the history and, with the seed, of its clients.</param>
/// <param name="seed">Decides all that is left to chance.</param>
/// <param name="clients">How many clients there are.</param>
/// <param name="writers">How many callers stream.</param>
/// <param name="asksAgain">See <see cref="HistoryChecker.Check"/>.</param>
internal class FaultRun(string name, int seed, int clients, int writers, bool asksAgain = false) : IDisposable
{
    public const string StreamPath = "/footprint.grid.v1.Ingest/Stream";
    private const string RecordPath = "/footprint.grid.v1.Ingest/Record";
    private const string GetProfilePath = "/footprint.grid.v1.Profiles/GetProfile";

    private FaultWriter[]? _writers;

    public History History { get; } = new($"{name}-{seed}");

    public FaultClients Clients { get; } = new($"{name}{seed}", clients);

    protected Random Random { get; } = new(seed);

    protected IReadOnlyList<FaultWriter> Writers => _writers ??= [.. Enumerable.Range(0, writers).Select(n => new FaultWriter($"w{n}", (seed * writers) + n, Clients, History))];

    /// <summary>One durable event all by itself, so that it is a write of its own.</summary>
    /// <param name="timeout">As grpc-timeout says it.</param>
    /// <returns>Null once it is acknowledged, else how the call ended; the same event may be sent again.</returns>
    public async Task<GrpcReply?> TryRecordAsync(GrpcClient client, HistoryEvent one, string? timeout = null)
    {
        var message = "alone-" + one.Id;
        History.Add(new HistoryLine(HistoryLine.Sent) { Message = message, Events = [one] });
        var request = new RecordRequest
        {
            Ack = RecordRequest.Types.Ack.Durable,
            Events = { new FootprintEvent { EventId = one.Id, ClientId = one.Client, Type = one.Type, ItemId = one.Item } },
        };
        var reply = await client.TryAsync(RecordPath, request, timeout).Within($"{one.Id} is answered");
        if (reply.Code != Code.Ok)
        {
            return reply;
        }

        var results = RecordResponse.Parser.ParseFrom(reply.Body).Results;
        History.Add(HistoryLine.OfAnswer(message, results));
        return results.FirstOrDefault(Refusals.MayPass) is { } refused ? new GrpcReply(Code.Unavailable, refused.Error.Message, null, null) : null;
    }

    /// <summary>Likewise at once.</summary>
    public async Task RecordAsync(GrpcClient client, HistoryEvent one)
    {
        var refused = await TryRecordAsync(client, one);
        Assert.True(refused is null, $"{one.Id}: {refused}");
    }

    /// <summary>Reads every client's profile into the history.</summary>
    public async Task ObserveAsync(GrpcClient client)
    {
        foreach (var id in Clients.Ids)
        {
            var reply = await client.TryAsync(GetProfilePath, new GetProfileRequest { ClientId = id }).Within($"the profile of {id}");
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
    public IReadOnlyList<string> Violations() => HistoryChecker.Check(History.ReadAll(), asksAgain);

    public void AssertNothingLostOrTwice()
    {
        var violations = Violations();
        Assert.True(violations.Count == 0, $"{History.Path}:\n{string.Join('\n', violations.Take(20))}");
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => History.Dispose();
}
