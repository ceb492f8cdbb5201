using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Embedded.Turns;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Why = Footprint.Grid.V1.Fallback.Types.Reason;

namespace Footprint.Grid.Embedded.Tests.Turns;

/// <summary>Decisions about a client in memory whose turn has to wait, by a clock that the test sets.</summary>
public sealed class DecisionTurnsTests : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly StoppedTime _time = new(_start);
    private readonly TenantState _tenant = new(new TenantDefinitions("t", ConsentRegime.OptOut));
    private readonly DecisionTurns _turns;
    private readonly ClientSlot _slot;
    private Thread? _asking;

    public DecisionTurnsTests()
    {
        _turns = new DecisionTurns(null!, new SeedSource(1), _time);
        _tenant.Definitions = _tenant.Definitions with { Items = _tenant.Definitions.Items.With([new Item { ItemId = "i1", Topics = { new TopicWeight { Topic = "golf", Weight = 1 } } }]) };
        _slot = new ClientSlot(_tenant, "c", null!) { State = SlotState.Ready, Actor = new ClientActor(new ClientKey("t", "c"), new ClientProfile()) };
        _tenant.Clients["c"] = _slot;
    }

    public void Dispose() => _asking?.Join(TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData(100, 1000, 100, Why.NoProfile)]
    [InlineData(100, 1000, 101, Why.Deadline)]
    [InlineData(1000, 100, 101, Why.Deadline)]
    [InlineData(0, 100, 101, Why.Deadline)]
    [InlineData(0, 100, 99, Why.NoProfile)]
    public async Task Decide_TurnThatWaited_IsScoredUntilTheSmallerOfBothTimes(int deadlineMs, int callMs, int waitedMs, Why expected)
    {
        Assert.Equal(expected, await WhileTheSlotIsHeldAsync(
            async call => (await _turns.PickContentAsync(_tenant, new PickContentRequest { ClientId = "c", Placement = "p", DeadlineMs = deadlineMs }, call)).Fallback, callMs, waitedMs));
        Assert.Equal(expected, await WhileTheSlotIsHeldAsync(
            async call => (await _turns.TargetAdsAsync(_tenant, new TargetAdsRequest { ClientId = "c", Placement = "p", DeadlineMs = deadlineMs }, call)).Fallback, callMs, waitedMs));
    }

    [Fact]
    public async Task Decide_RequestThatWaitedBeforeTheEngine_CountsThatToo()
    {
        var call = new CallContext("t", _start.AddMinutes(1), CancellationToken.None) { Arrived = _start.AddMilliseconds(-101) };

        PickContentResponse late = await _turns.PickContentAsync(_tenant, new PickContentRequest { ClientId = "c", Placement = "p", DeadlineMs = 100 }, call);
        PickContentResponse inTime = await _turns.PickContentAsync(_tenant, new PickContentRequest { ClientId = "c", Placement = "p", DeadlineMs = 101 }, call);

        Assert.Equal((Why.Deadline, 0), (late.Fallback, Assert.Single(late.Picks).Reasons.Count));
        Assert.Equal(Why.NoProfile, inTime.Fallback);
    }

    [Fact]
    public async Task TargetAds_TurnThatWaited_WaitsForTheOwnerOfABudgetAllTheSame()
    {
        // Arrange: the owner answers once a decision waits for it, by a timer as every wait here.
        var campaign = new Campaign { CampaignId = "ad", Bid = 1, Budget = new CampaignBudget { Daily = 10, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible } };
        _tenant.Definitions = _tenant.Definitions with { Campaigns = _tenant.Definitions.Campaigns.With([campaign]) };
        var owner = new BudgetLedger();
        _time.Waits = () =>
        {
            long now = _time.Now.ToUnixTimeMilliseconds();
            DueReport due = Assert.Single(_tenant.Spending.Due(_tenant.Definitions.Campaigns, false, now));
            due.Purse.Take(due.Report, owner.Report(due.Terms, due.Report, now), now);
        };

        // Act
        TargetAdsResponse response = await WhileTheSlotIsHeldAsync(
            async call => await _turns.TargetAdsAsync(_tenant, new TargetAdsRequest { ClientId = "c", Placement = "p" }, call),
            callMs: 1000,
            waitedMs: (int)BudgetPurse.PatienceMs + 1);

        // Assert
        Assert.Single(response.Picks);
    }

    private async Task<T> WhileTheSlotIsHeldAsync<T>(Func<CallContext, Task<T>> ask, int callMs, int waitedMs)
    {
        _time.Now = _start;
        var answered = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = new CallContext("t", _start.AddMilliseconds(callMs), CancellationToken.None) { Arrived = _start };
        _asking = new Thread(() => answered.SetResult(ask(call)));
        lock (_slot)
        {
            _asking.Start();
            Assert.True(SpinWait.SpinUntil(() => _asking.ThreadState == ThreadState.WaitSleepJoin, TimeSpan.FromSeconds(30)), "it waits for the client");
            _time.Now = _start.AddMilliseconds(waitedMs);
        }

        return await (await answered.Task.Within("it is asked")).Within("it is answered");
    }

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public Action Waits { get; set; } = () => { };

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits();
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }
}
