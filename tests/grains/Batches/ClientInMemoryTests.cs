using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Batches;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.Grains.Tests.Tenants;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Tests.Batches;

[RequiresTool("redis-server")]
public sealed class ClientInMemoryTests : CellWorld
{
    private static readonly TimeSpan _idleAfter = TimeSpan.FromMinutes(4);
    private readonly Turns _turns = new();
    private readonly ManualTime _time = new();

    [ToolFact]
    public async Task Decision_OfAClientInMemory_IsAnsweredInItsTurn()
    {
        ClientInMemory client = await ComeAsync();
        var batch = new DecisionBatch(1);

        Assert.True(client.TryQueue(Pick(), batch, 0));
        Assert.False(batch.Answers.IsCompleted);
        _turns.Take();

        Payload answer = Assert.Single(await batch.Answers.AsTask().Within("the batch is answered"));
        Assert.Equal((byte)PayloadKind.Answer, answer.Kind);
        Assert.NotEmpty(PickContentResponse.Parser.ParseFrom(answer.Body.Span).DecisionId);
    }

    [ToolFact]
    public async Task Decision_OfAClientThatIsNotLoaded_IsElsewhereAndLoadsNothing()
    {
        var client = new ClientInMemory(NewCell(), _turns, _idleAfter, _time);

        Assert.Equal(PayloadKind.Elsewhere, await KindAsync(client, Pick()));
        Assert.Equal(PayloadKind.Elsewhere, await KindAsync(client, Pick()));
    }

    [ToolFact]
    public async Task Request_ThatIsNoDecision_IsElsewhere()
    {
        ClientInMemory client = await ComeAsync();
        Payload export = Payload.Request(ClientOperation.Export, false, long.MaxValue, new ExportRequest { ClientId = "c1" }.ToByteArray());

        Assert.Equal(PayloadKind.Elsewhere, await KindAsync(client, export));
    }

    [ToolFact]
    public async Task Decision_WhileTheClientLeaves_IsElsewhere()
    {
        ClientInMemory client = await ComeAsync();
        var batch = new DecisionBatch(1);
        Assert.True(client.TryQueue(Pick(), batch, 0));

        client.Leave();
        _turns.Take();

        Assert.Equal((byte)PayloadKind.Elsewhere, Assert.Single(await batch.Answers.AsTask().Within("the batch is answered")).Kind);
        Assert.False(client.TryQueue(Pick(), new DecisionBatch(1), 0));
    }

    [ToolFact]
    public async Task Decisions_BeyondWhatMayWait_GoByMessage()
    {
        ClientInMemory client = await ComeAsync();
        var batch = new DecisionBatch(ClientInMemory.MostWaiting);
        for (int i = 0; i < ClientInMemory.MostWaiting; i++)
        {
            Assert.True(client.TryQueue(Pick(), batch, i));
        }

        Assert.False(client.TryQueue(Pick(), new DecisionBatch(1), 0));
        _turns.Take();

        Assert.All(await batch.Answers.AsTask().Within("the batch is answered"), a => Assert.Equal((byte)PayloadKind.Answer, a.Kind));
        Assert.True(client.TryQueue(Pick(), new DecisionBatch(1), 0));
    }

    /// <summary>Orleans tells by messages whether an activation is in use.</summary>
    [ToolFact]
    public async Task Decision_WhenNoMessageCameForLong_GoesByMessage()
    {
        ClientInMemory client = await ComeAsync();
        _time.Advance((_idleAfter / 4) + TimeSpan.FromSeconds(1));

        Assert.False(client.TryQueue(Pick(), new DecisionBatch(1), 0));
        client.Messaged();
        Assert.True(client.TryQueue(Pick(), new DecisionBatch(1), 0));
    }

    private static Payload Pick() => Payload.Request(
        ClientOperation.PickContent, false, long.MaxValue, new PickContentRequest { ClientId = "c1", Placement = "home" }.ToByteArray());

    private ClientCell NewCell() => new("default/c1", _ => throw new InvalidOperationException("No other client is asked here."), () => { }, Services);

    private async Task<ClientInMemory> ComeAsync()
    {
        ClientCell cell = NewCell();
        GrainCaller.Read(await cell.CallAsync(Pick()).AsTask().Within("the client comes into memory"));
        return new ClientInMemory(cell, _turns, _idleAfter, _time);
    }

    private async Task<PayloadKind> KindAsync(ClientInMemory client, Payload request)
    {
        var batch = new DecisionBatch(1);
        Assert.True(client.TryQueue(request, batch, 0));
        _turns.Take();
        return (PayloadKind)Assert.Single(await batch.Answers.AsTask().Within("the batch is answered")).Kind;
    }

    /// <summary>An activation's turns, taken when the test says so.</summary>
    private sealed class Turns : IWorkItemScheduler
    {
        private readonly Queue<Action> _waiting = new();

        public void QueueAction(Action action) => _waiting.Enqueue(action);

        public void QueueAction(Action<object> action, object state) => _waiting.Enqueue(() => action(state));

        public void QueueTask(Task task) => throw new NotSupportedException();

        public void Take()
        {
            while (_waiting.TryDequeue(out Action? turn))
            {
                turn();
            }
        }
    }
}
