using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Grains.Knowledge;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Footprint.Grid.Grains.Tests.Knowledge;

/// <summary>That a silo takes what others teach at its pace, however much there is.</summary>
public sealed class TakingPaceTests : IDisposable
{
    private const double MostOfACore = 0.2;
    private readonly ManualTime _time = new();
    private readonly TakingPace _pace;

    public TakingPaceTests() => _pace = new TakingPace(_time);

    public void Dispose() => _pace.Dispose();

    [Fact]
    public void Rests_OfAllThatASiloLearns_LeaveFourFifthsOfACore() =>
        Assert.InRange((1.0 / (1 + WorkPace.RestOfPublishing)) + (1.0 / (1 + WorkPace.RestOfGathering)) + (1.0 / (1 + WorkPace.RestOfTaking)), 0, MostOfACore);

    [Fact]
    public async Task Work_MuchAtOnce_WaitsForTheRestOfWhatWasDone()
    {
        await Work(100).Within("the first piece is done at once");

        Task next = Work(1);
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100 * WorkPace.RestOfTaking));
        await next.Within("the next piece is done after the rest");
    }

    [Fact]
    public async Task Work_SmallPieces_GoTogetherAndKeepToTheirPart()
    {
        DateTimeOffset start = _time.GetUtcNow();
        int waited = 0;
        for (int i = 0; i < 2000; i++)
        {
            Task piece = Work(0.1);
            while (!piece.IsCompleted)
            {
                waited++;
                _time.Advance(TimeSpan.FromMilliseconds(5));
                await Task.Yield();
            }
        }

        TimeSpan passed = _time.GetUtcNow() - start + TakingPace.MostOwed;
        Assert.InRange(waited, 1, 1999);
        Assert.InRange(_pace.Done / passed, 0, 1.0 / WorkPace.RestOfTaking);
    }

    [Fact]
    public async Task Flow_EntriesThatTakeLong_AreTakenOneAfterTheOtherWithRests()
    {
        // Arrange: each entry takes ten milliseconds of a clock that ticks when it is looked at.
        var clock = new TickingTime(_time, TimeSpan.FromMilliseconds(10));
        var replica = new KnowledgeReplica(new TenantSnapshot(new TenantDefinitions("t", ConsentRegime.OptOut)), null!, clock);
        using var stop = new CancellationTokenSource();
        using var pace = new TakingPace(clock);
        var flow = new KnowledgeFlow(replica, 0, () => new Shard(50), "silo", pace, clock, NullLogger<KnowledgeFlow>.Instance);

        // Act
        Task following = flow.FollowAsync(stop.Token);
        await Patience.Until(() => replica.Entry(0) > 0, "the first entry is taken");
        ulong before = replica.Entry(0);
        for (int i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        // Assert: not all of them, whatever the two seconds were used for.
        Assert.InRange(replica.Entry(0), before, 20UL);
        await Patience.Until(
            () =>
            {
                _time.Advance(TimeSpan.FromMilliseconds(200));
                return replica.Entry(0) == 50;
            },
            "all entries are taken");
        await stop.CancelAsync();
        await following.Within("the flow ends");
    }

    private Task Work(double milliseconds) => _pace.WorkAsync(() => _time.Advance(TimeSpan.FromMilliseconds(milliseconds)), CancellationToken.None);

    // Moves its clock by a step whenever a timestamp is asked for.
    private sealed class TickingTime(ManualTime inner, TimeSpan step) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp()
        {
            inner.Advance(step);
            return inner.GetTimestamp();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
    }

    // A log of so many entries, of which it gives all at once.
    private sealed class Shard(ulong entries) : IKnowledgeGrain
    {
        public Task<Payload> AddAsync(Payload delta) => throw new NotSupportedException();

        public Task<Payload> FollowAsync(Payload request)
        {
            FollowRequest question = FollowRequest.Parser.ParseFrom(request.Body.Span);
            var answer = new FollowResponse();
            for (ulong entry = question.From + 1; entry <= entries; entry++)
            {
                answer.Knowledge.Add(new KnowledgeEntry { Entry = entry, Delta = new KnowledgeDelta { Source = "s", Sequence = entry }.ToByteString() });
            }

            return answer.Knowledge.Count > 0
                ? Task.FromResult(new Payload((byte)PayloadKind.Answer, (long)entries, answer.ToByteArray()))
                : new TaskCompletionSource<Payload>().Task;
        }
    }
}
