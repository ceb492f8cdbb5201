using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Mode = Footprint.Grid.V1.Placement.Types.Learning;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What of it is logged for evaluation.</summary>
public sealed partial class LearningTests
{
    private const ulong Sampled = 6400;

    [Fact]
    public void Log_SampledDecision_HasTheFirstPickItsChanceAndTheOneWithoutLearning()
    {
        Teach(60);
        var log = new KeptLog();
        PickContentResponse response = PickBy(Sampled, log);
        LoggedDecision logged = Assert.Single(log.Decisions);
        Define(Mode.Off);
        string unlearned = _grid.Pick(_client).Picks[0].ItemId;

        Assert.Equal((XxHash64.Hash(response.DecisionId), TenantWorld.Now, "home"), (logged.Decision, logged.TimeMs, logged.Placement));
        Assert.Equal((response.Picks[0].ItemId, response.Picks[0].Propensity), (logged.ItemId, logged.Propensity));
        Assert.Equal(unlearned, logged.Unlearned);
    }

    /// <summary>Of items that the fixed ranking knows no difference of, and where its best may not be shown.</summary>
    [Theory]
    [InlineData("i8", "i7", "i5")]
    [InlineData("i4", "i1", "i0")]
    public void Log_EqualsAndRules_TargetIsWhatWouldBePickedWithoutLearning(params string[] candidates)
    {
        var quota = new Placement.Types.TopicQuota { Topic = "t1" };
        var request = new PickContentRequest { ClientId = "c", Placement = "home", Candidates = { candidates } };
        var log = new KeptLog();
        string? unlearned = null;
        foreach (Mode mode in new[] { Mode.Off, Mode.Explore })
        {
            _grid.Definitions = _grid.Definitions with { Placements = _grid.Definitions.Placements.With([new Placement { PlacementId = "home", Learning = mode, TopicQuotas = { quota } }]) };
            var response = new PickContentResponse();
            _client.PickContent(_grid.Turn() with { Seed = Sampled, Log = log }, request, response);
            unlearned ??= response.Picks[0].ItemId;
        }

        Assert.Equal(candidates[^1], unlearned);
        Assert.Equal(unlearned, Assert.Single(log.Decisions).Unlearned);
    }

    [Fact]
    public void Log_DecisionThatIsNotSampled_HasNothing()
    {
        var log = new KeptLog();
        PickBy(Sampled + 1, log);

        Assert.Empty(log.Decisions);
    }

    [Fact]
    public void Log_OutcomeLikedAndReportedAgain_HasOneReward()
    {
        var log = new KeptLog();
        PickContentResponse response = PickBy(Sampled, log);
        Outcome outcome = new() { ClientId = "c", DecisionId = response.DecisionId, ItemId = response.Picks[0].ItemId, Kind = Outcome.Types.Kind.Click, Reward = 0.5, Time = TenantWorld.At(TenantWorld.Now) };
        foreach (string id in new[] { "o1", "o2" })
        {
            outcome.OutcomeId = id;
            _client.ReportOutcome(_grid.Turn() with { Log = log }, outcome, new RecordResult());
        }

        LoggedReward reward = Assert.Single(log.Rewards);
        Assert.Equal((log.Decisions[0].Decision, log.Decisions[0].ItemId, 0.5), (reward.Decision, reward.ItemId, reward.Reward));
    }

    [Theory]
    [InlineData("analytics", 0, 0)]
    [InlineData("measurement", 1, 0)]
    public void Log_WithoutConsent_HasNothing(string purpose, int decisions, int rewards)
    {
        _grid.Consent(_client, purpose, Decision.Deny);
        var log = new KeptLog();
        PickContentResponse response = PickBy(Sampled, log);
        Outcome outcome = new() { ClientId = "c", OutcomeId = "o", DecisionId = response.DecisionId, ItemId = response.Picks[0].ItemId, Kind = Outcome.Types.Kind.Click, Time = TenantWorld.At(TenantWorld.Now) };
        _client.ReportOutcome(_grid.Turn() with { Log = log }, outcome, new RecordResult());

        Assert.Equal((decisions, rewards), (log.Decisions.Count, log.Rewards.Count));
    }

    private PickContentResponse PickBy(ulong seed, KeptLog log)
    {
        var response = new PickContentResponse();
        _client.PickContent(_grid.Turn() with { Seed = seed, Log = log }, new PickContentRequest { ClientId = "c", Placement = "home" }, response);
        return response;
    }

    private sealed class KeptLog : IDecisionLog
    {
        public List<LoggedDecision> Decisions { get; } = [];

        public List<LoggedReward> Rewards { get; } = [];

        public void Decided(string tenant, in LoggedDecision decision) => Decisions.Add(decision);

        public void Rewarded(string tenant, in LoggedReward reward) => Rewards.Add(reward);
    }
}
