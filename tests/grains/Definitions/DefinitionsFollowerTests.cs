using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Grains.Definitions;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Definitions;

public sealed class DefinitionsFollowerTests
{
    private readonly ManualTime _time = new();
    private readonly TenantSnapshot _tenant = new(new TenantDefinitions("t", ConsentRegime.OptOut));
    private Func<FollowRequest, Task<Payload>> _owner = _ => throw new InvalidOperationException("nobody answers");

    [Fact]
    public async Task Step_ChangesComeInOrder_AreApplied()
    {
        DefinitionsFollower follower = Follower();
        _owner = q => Task.FromResult(Answer(7, [Change(q.From, 5, "a"), Change(5, 7, "b")]));

        await follower.StepAsync(default);

        Assert.Equal(7UL, _tenant.Definitions.Version);
        Assert.Equal(["a", "b"], _tenant.Definitions.Items.Page("", 9).Select(i => i.ItemId));
        Assert.True(_tenant.IsLoaded);
    }

    [Fact]
    public async Task Staleness_CountsFromTheLastTimeTheOwnerAnswered()
    {
        DefinitionsFollower follower = Follower();
        Assert.Null(follower.Staleness);
        _owner = q => Task.FromResult(Answer(5, q.From == 5 ? [] : [Change(q.From, 5, "a")]));
        await follower.StepAsync(default);

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), follower.Staleness);
        await follower.StepAsync(default);

        Assert.Equal(TimeSpan.Zero, follower.Staleness);
    }

    [Fact]
    public async Task Step_OwnerIsAheadOfItsAnswer_IsNotCurrentYet()
    {
        DefinitionsFollower follower = Follower();
        _owner = q => Task.FromResult(Answer(9, [Change(q.From, 5, "a")]));

        await follower.StepAsync(default);

        Assert.Equal(5UL, _tenant.Definitions.Version);
        Assert.Null(follower.Staleness);
    }

    [Fact]
    public async Task Run_OwnerThatNeverAnswers_IsAskedAgainWithinTwoSeconds()
    {
        // Arrange: the first question is lost with its silo, the second one is answered, the third one is held.
        DefinitionsFollower follower = Follower();
        int questions = 0;
        _owner = q => ++questions == 2 ? Task.FromResult(Answer(5, [Change(q.From, 5, "a")])) : new TaskCompletionSource<Payload>().Task;
        using var stop = new CancellationTokenSource();

        // Act
        Task run = follower.RunAsync(stop.Token);
        await _time.ArmedAsync(DefinitionsFollower.Limit);
        _time.Advance(DefinitionsFollower.Limit);
        await _time.ArmedAsync(DefinitionsFollower.Pause);
        _time.Advance(DefinitionsFollower.Pause);
        await _time.ArmedAsync(DefinitionsFollower.Limit);

        // Assert
        Assert.Equal(5UL, _tenant.Definitions.Version);
        Assert.True(DefinitionsFollower.Limit + DefinitionsFollower.Pause <= TimeSpan.FromSeconds(2));
        await stop.CancelAsync();
        await _time.ArmedAsync(DefinitionsFollower.Limit);
        _time.Advance(DefinitionsFollower.Limit);
        await run.Within("the loop ends");
    }

    private static Payload Answer(ulong version, DefinitionsChanged[] changes) =>
        new((byte)PayloadKind.Answer, (long)version, new FollowResponse { Definitions = { changes } }.ToByteArray());

    private static DefinitionsChanged Change(ulong from, ulong to, string itemId) => new()
    {
        From = from,
        To = to,
        Rows = { new DefinitionsRow { Name = new DefinitionRow(DefinitionKind.Item, itemId, null).Name, Data = new Item { ItemId = itemId }.ToByteString() } },
    };

    private DefinitionsFollower Follower() => new(
        new DefinitionsReplica(_tenant, new DefinitionsStore(new NoRedis(), _time)),
        question => _owner(FollowRequest.Parser.ParseFrom(question.Body.Span)),
        "silo",
        _time,
        NullLogger<DefinitionsFollower>.Instance);

    private sealed class NoRedis : IGridRedis
    {
        public long Epoch => 1;

        public string? Problem => null;

        public Task<RedisResult> WriteAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancel) => throw new StoreException("no");

        public Task WriteAsync(Func<Task> write, CancellationToken cancel) => throw new StoreException("no");

        public Task<T> ReadAsync<T>(Func<IDatabase, Task<T>> read, CancellationToken cancel) => throw new StoreException("no");
    }
}
