using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;
using Mode = Footprint.Grid.V1.Placement.Types.Learning;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>How decisions are remembered, outcomes credited, and what becomes of picks.</summary>
public sealed partial class LearningTests
{
    private const long Day = 86_400_000;
    private readonly TenantWorld _grid = new();
    private readonly ClientActor _client = TenantWorld.NewClient();
    private int _outcomes;

    public LearningTests()
    {
        _grid.Items([.. Enumerable.Range(0, 12).Select(i => TenantWorld.Item($"i{i}", $"t{i % 3}"))]);
        _grid.Record(_client, TenantWorld.Event("e1", topic: "t1"));
        Define(Mode.Explore);
    }

    [Fact]
    public void Outcome_Repeated_CountsOnce()
    {
        PickContentResponse response = _grid.Pick(_client);
        Click(response, 0);
        Click(response, 0);
        Report(response, 0, Outcome.Types.Kind.Conversion);

        Assert.Equal((10, 1), Counted());
    }

    [Fact]
    public void Outcome_OfAnotherDecisionOrItem_TeachesNothing()
    {
        PickContentResponse response = _grid.Pick(_client);
        Click(new PickContentResponse { DecisionId = "other", Picks = { response.Picks } }, 0);
        Click(new PickContentResponse { DecisionId = response.DecisionId, Picks = { new Pick { ItemId = "i999" } } }, 0);
        Click(response, 0, TenantWorld.NewClient("somebody"));

        Assert.Equal((10, 0), Counted());
    }

    [Fact]
    public void Outcome_AfterTheWindow_TeachesNothing()
    {
        PickContentResponse early = _grid.Pick(_client);
        Click(early, 0, nowMs: TenantWorld.Now + (8 * Day));
        Click(early, 1, nowMs: TenantWorld.Now + (6 * Day));

        Assert.Equal((10, 1), Counted());
    }

    [Fact]
    public void Outcome_OfTheKindThatThePlacementDoesNotCallLiked_IsNoLike()
    {
        Define(Mode.Explore, Placement.Types.Liked.Conversion);
        PickContentResponse response = _grid.Pick(_client);
        Click(response, 0);
        Report(response, 1, Outcome.Types.Kind.Dismissal);
        Report(response, 2, Outcome.Types.Kind.Conversion);

        Assert.Equal((10, 1), Counted());
    }

    [Fact]
    public void Pick_NobodyInParticular_TeachesNothing()
    {
        _grid.Pick(TenantWorld.NewClient(""));
        _grid.Learn();

        Assert.Empty(_grid.Knowledge.Placements);
    }

    [Theory]
    [InlineData(Purposes.Analytics, "*")]
    [InlineData(Purposes.Analytics, "inferred")]
    public void Pick_AnalyticsMayNotUseWhatTheDecisionUsed_TeachesNothing(string purpose, string category)
    {
        Deny(purpose, category);
        Click(_grid.Pick(_client), 0);
        _grid.Learn();

        Assert.Empty(_grid.Knowledge.Placements);
        Assert.Equal(0, _client.Profile.ShownPicks.Count);
    }

    [Theory]
    [InlineData(Purposes.Analytics)]
    [InlineData(Purposes.Measurement)]
    public void Outcome_DeniedAfterTheDecision_TeachesNothing(string purpose)
    {
        PickContentResponse response = _grid.Pick(_client);
        Deny(purpose, "behaviour");
        Click(response, 0);

        Assert.Equal((10, 0), Counted());
    }

    [Fact]
    public void ShownPicks_CategoryMayNotBeKeptAnyMore_AreGone()
    {
        _grid.Pick(_client);
        foreach (string purpose in new[] { Purposes.Personalization, Purposes.Advertising, Purposes.Analytics, Purposes.Measurement })
        {
            Deny(purpose, "inferred");
        }

        Assert.Equal(0, _client.Profile.ShownPicks.Count);
    }

    [Fact]
    public void ShownPicks_ManyDecisions_StayWithinTheirBoundAndFindTheLatest()
    {
        PickContentResponse first = _grid.Pick(_client);
        var pages = new List<PickContentResponse>();
        for (int i = 0; i < 30; i++)
        {
            pages.Add(_grid.Pick(_client));
        }

        Assert.Equal(ProfileLimits.ShownPicks, _client.Profile.ShownPicks.Count);
        Click(pages[^1], 9);
        Assert.Equal(1, Counted().Liked);

        // An outcome that comes two dozen pages late counts as well, and one of what is not remembered does not.
        Click(pages[^25], 0);
        Click(first, 0);
        Assert.Equal(2, Counted().Liked);
    }

    [Fact]
    public void Outcome_AfterCheckpointAndLogin_IsCreditedToTheAnonymousDecision()
    {
        ClientActor cookie = TenantWorld.NewClient("cookie");
        _grid.Record(cookie, TenantWorld.Event("e2", topic: "t2"));
        PickContentResponse response = _grid.Pick(cookie);
        cookie = ClientActor.Load(cookie.Key, cookie.Checkpoint(), []);
        _client.Link(_grid.Turn(), cookie);

        Click(response, 0);

        Assert.Equal((10, 1), Counted());
    }

    [Fact]
    public void Erase_WhatItsRememberedPicksTaught_LeavesTheSharedSums()
    {
        Teach(10);
        double[] before = Sums();
        Click(_grid.Pick(_client), 2, nowMs: TenantWorld.Now + Day);
        double[] between = Sums();

        ClientActor client = ClientActor.Load(_client.Key, _client.Checkpoint(), []);
        client.Erase(_grid.Turn());

        Assert.Equal(0, client.Profile.ShownPicks.Count);
        Assert.NotEqual(before, between, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal(before, Sums(), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    private void Define(Mode learning, params Placement.Types.Liked[] liked) => _grid.Definitions = _grid.Definitions with
    {
        Placements = _grid.Definitions.Placements.With([new Placement { PlacementId = "home", Learning = learning, Liked = { liked } }]),
    };

    private void Teach(int visitors)
    {
        for (int n = 0; n < visitors; n++)
        {
            ClientActor visitor = TenantWorld.NewClient($"v{n}");
            _grid.Record(visitor, TenantWorld.Event($"w{n}", topic: $"t{n % 3}"));
            Click(_grid.Pick(visitor), n % 4, visitor);
        }

        _grid.Learn();
    }

    private void Click(PickContentResponse response, int pick, ClientActor? client = null, long nowMs = TenantWorld.Now) =>
        Report(response, pick, Outcome.Types.Kind.Click, client, nowMs);

    private void Report(PickContentResponse response, int pick, Outcome.Types.Kind kind, ClientActor? client = null, long nowMs = TenantWorld.Now)
    {
        var outcome = new Outcome
        {
            OutcomeId = $"o{_outcomes++}",
            DecisionId = response.DecisionId,
            ItemId = response.Picks[pick].ItemId,
            Kind = kind,
            Time = TenantWorld.At(nowMs),
        };
        (client ?? _client).ReportOutcome(_grid.Turn(nowMs), outcome, new RecordResult());
    }

    private (int Picks, int Liked) Counted()
    {
        double[] sums = Sums();
        return ((int)Math.Round(sums[PlacementLayout.Products]), (int)Math.Round(sums[PlacementLayout.Responses]));
    }

    private double[] Sums()
    {
        _grid.Learn();
        StoredKnowledge stored = StoredKnowledge.Parser.ParseFrom(_grid.Learner.Save());
        double decay = double.Exp2((stored.OutcomeReferenceMs - TenantWorld.Now) / EraDecay.OfOutcomes.HalfLifeMs);
        return [.. stored.Placements.Single().Sums.Select(s => s * decay)];
    }

    private void Deny(string purpose, string category) => _client.SetConsents(
        _grid.Turn(),
        new SetConsentsRequest { Consents = { new V1.Consent { Purpose = purpose, Category = category == "*" ? "" : category, Decision = Decision.Deny } } },
        new SetConsentsResponse());
}
