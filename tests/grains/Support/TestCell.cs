using Footprint.Grid.Conformance;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>One activation of a client without Orleans around it, so that a test can have two of the same client.</summary>
internal sealed class TestCell
{
    private readonly TaskScheduler _turns = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly ClientCell _cell;

    public TestCell(ClientServices services, string client = "c1") => _cell = new ClientCell(
        $"default/{client}", _ => throw new InvalidOperationException("No other client is asked here."), () => Conflicts++, services);

    /// <summary>How often somebody else turned out to have written the client.</summary>
    public int Conflicts { get; private set; }

    public Task<RecordResponse> StoreAsync(params FootprintEvent[] events) => RecordAsync(RecordRequest.Types.Ack.Durable, 30, events);

    public Task<RecordResponse> ApplyAsync(params FootprintEvent[] events) => RecordAsync(RecordRequest.Types.Ack.Applied, 30, events);

    public async Task<RecordResponse> RecordAsync(RecordRequest.Types.Ack ack, double seconds, params FootprintEvent[] events) =>
        RecordResponse.Parser.ParseFrom((await AskAsync(ClientOperation.Record, new RecordRequest { Ack = ack, Events = { events } }, seconds)).Span);

    public async Task<ulong> CountAsync()
    {
        Profile profile = Profile.Parser.ParseFrom((await AskAsync(ClientOperation.GetProfile, new GetProfileRequest { ClientId = "c1" })).Span);
        return profile.Counters.Aggregate(0UL, (sum, counter) => sum + counter.Total);
    }

    public async Task<ReadOnlyMemory<byte>> AskAsync(ClientOperation operation, IMessage request, double seconds = 30)
    {
        long deadline = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeMilliseconds();
        Payload payload = Payload.Request(operation, false, deadline, request.ToByteArray());
        Payload answer = await InTurn(() => _cell.CallAsync(payload).AsTask()).Within($"{operation} is answered");
        return GrainCaller.Read(answer);
    }

    public Task SaveAsync() => InTurn(async () =>
    {
        await _cell.SaveAsync(CancellationToken.None);
        return true;
    }).Within("the client is saved");

    private Task<T> InTurn<T>(Func<Task<T>> turn) =>
        Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.None, _turns).Unwrap();
}
