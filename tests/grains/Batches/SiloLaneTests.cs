using System.Text;
using System.Threading.Channels;
using Footprint.Grid.Conformance;
using Footprint.Grid.Grains.Batches;
using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Tests.Batches;

public sealed class SiloLaneTests
{
    private readonly Silo _silo = new();
    private readonly SiloLane _lane;

    public SiloLaneTests() => _lane = new SiloLane(_silo);

    [Fact]
    public async Task Ask_WhileMessagesAreUnderWay_GathersForTheNextAndGivesEachItsOwn()
    {
        const int calls = 500;
        Task<Payload>[] answers = [.. Enumerable.Range(0, calls).Select(Ask)];
        int most = 0, taken = 0;
        while (taken < calls)
        {
            (ClientCall[] batch, TaskCompletionSource<Payload[]> answer) = await _silo.NextAsync();
            most = Math.Max(most, _silo.UnderWay);
            Assert.InRange(batch.Length, 1, SiloLane.MostCalls);
            taken += batch.Length;
            _silo.Answer(batch, answer);
        }

        Payload[] given = await Task.WhenAll(answers).Within("all are answered");

        Assert.Equal(Enumerable.Range(0, calls).Select(Name), given.Select(a => Encoding.UTF8.GetString(a.Body.Span)));
        Assert.InRange(most, 1, SiloLane.MostUnderWay);
        Assert.InRange(_silo.Messages, calls / SiloLane.MostCalls, calls / 8);
    }

    [Fact]
    public async Task Ask_MessageThatFails_FailsItsOwnCallsAndNoFurther()
    {
        Task<Payload> lost = Ask(1);
        (_, TaskCompletionSource<Payload[]> answer) = await _silo.NextAsync();
        answer.SetException(new OrleansException("The silo is gone."));

        await Assert.ThrowsAsync<OrleansException>(() => lost.Within("the call fails"));
        Task<Payload> next = Ask(2);
        (ClientCall[] batch, answer) = await _silo.NextAsync();
        _silo.Answer(batch, answer);

        Assert.Equal(Name(2), Encoding.UTF8.GetString((await next.Within("the next is answered")).Body.Span));
    }

    [Fact]
    public async Task Ask_FewerAnswersThanCalls_NobodyGetsAnothers()
    {
        Task<Payload> asked = Ask(1);
        (_, TaskCompletionSource<Payload[]> answer) = await _silo.NextAsync();
        answer.SetResult([]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => asked.Within("the call fails"));
    }

    [Fact]
    public async Task Ask_MoreThanMayWait_IsNotTaken()
    {
        var taken = new List<Task<Payload>>();
        while (_lane.TryAsk(new ClientCall(Name(taken.Count), default), out Task<Payload> answer))
        {
            taken.Add(answer);
        }

        Assert.InRange(taken.Count, SiloLane.MostWaiting, SiloLane.MostWaiting + (SiloLane.MostUnderWay * SiloLane.MostCalls));
        for (int answered = 0; answered < taken.Count;)
        {
            (ClientCall[] batch, TaskCompletionSource<Payload[]> answer) = await _silo.NextAsync();
            _silo.Answer(batch, answer);
            answered += batch.Length;
        }

        await Task.WhenAll(taken).Within("all that was taken is answered");
        Task<Payload> again = Ask(0);
        (ClientCall[] last, TaskCompletionSource<Payload[]> end) = await _silo.NextAsync();
        _silo.Answer(last, end);
        await again.Within("there is room again");
    }

    private static string Name(int call) => $"default/c{call}";

    private Task<Payload> Ask(int call)
    {
        Assert.True(_lane.TryAsk(new ClientCall(Name(call), default), out Task<Payload> answer));
        return answer;
    }

    /// <summary>A silo that answers when it is told to: with the client's name.</summary>
    private sealed class Silo : ISiloGrain
    {
        private readonly Channel<(ClientCall[] Calls, TaskCompletionSource<Payload[]> Answer)> _asked =
            Channel.CreateUnbounded<(ClientCall[] Calls, TaskCompletionSource<Payload[]> Answer)>();
        private int _underWay;
        private int _messages;

        public int UnderWay => Volatile.Read(ref _underWay);

        public int Messages => Volatile.Read(ref _messages);

        public ValueTask<Payload[]> DecideAsync(ClientCall[] calls)
        {
            Interlocked.Increment(ref _underWay);
            Interlocked.Increment(ref _messages);
            var answer = new TaskCompletionSource<Payload[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            Assert.True(_asked.Writer.TryWrite((calls, answer)));
            return new(answer.Task);
        }

        public Task<(ClientCall[] Calls, TaskCompletionSource<Payload[]> Answer)> NextAsync() => _asked.Reader.ReadAsync().AsTask().Within("a message comes");

        public void Answer(ClientCall[] calls, TaskCompletionSource<Payload[]> answer)
        {
            Interlocked.Decrement(ref _underWay);
            answer.SetResult(Array.ConvertAll(calls, call => new Payload((byte)PayloadKind.Answer, 1, Encoding.UTF8.GetBytes(call.Client))));
        }
    }
}
