using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.V1;
using Mode = Footprint.Grid.V1.Placement.Types.Learning;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What becomes of picks.</summary>
public sealed partial class LearningTests
{
    [Fact]
    public void Pick_PlacementThatDoesNotLearn_RemembersAndTeachesNothing()
    {
        Define(Mode.Off);

        PickContentResponse response = _grid.Pick(_client);
        Click(response, 0);
        _grid.Learn();

        Assert.Equal(0, _client.Profile.ShownPicks.Count);
        Assert.Empty(_grid.Knowledge.Placements);
        Assert.DoesNotContain(response.Picks.SelectMany(p => p.Reasons), r => r.Kind is Reason.Types.Kind.Learned or Reason.Types.Kind.Explored);
    }

    [Fact]
    public void Pick_Exploring_ScoresAreTheSumsOfTheirReasonsAndDependOnTheSeedAlone()
    {
        Teach(40);
        var request = new PickContentRequest { Placement = "home" };
        var first = new PickContentResponse();
        var same = new PickContentResponse();
        var other = new PickContentResponse();
        Turn turn = _grid.Turn();

        _client.PickContent(turn, request, first);
        _client.PickContent(turn, request, same);
        _client.PickContent(turn with { Seed = turn.Seed + 1 }, request, other);

        Assert.Equal(first, same);
        Assert.NotEqual(first.Picks, other.Picks);
        Assert.All(first.Picks, p => Assert.Equal(p.Score, p.Reasons.Sum(r => r.Contribution), 1e-9));
        Assert.Contains(first.Picks.SelectMany(p => p.Reasons), r => r.Kind == Reason.Types.Kind.Learned);
        Assert.Contains(first.Picks.SelectMany(p => p.Reasons), r => r.Kind == Reason.Types.Kind.Explored);
    }

    [Fact]
    public void Propensity_OfSampledDecisions_IsHowOftenTheItemComesFirst()
    {
        Teach(12);
        var first = new Dictionary<string, int>();
        var told = new Dictionary<string, double>();
        var response = new PickContentResponse();
        const int Decisions = 3000;
        for (ulong n = 1; n <= Decisions; n++)
        {
            // Seeds as a source gives them; those that are sampled are few and told apart.
            ulong seed = XxHash64.Hash($"{n}");
            _client.PickContent(_grid.Turn() with { Seed = seed }, new PickContentRequest { Placement = "home" }, response);
            string item = response.Picks[0].ItemId;
            first[item] = first.GetValueOrDefault(item) + 1;
            Assert.Equal(seed % 128 == 0, response.Picks[0].Propensity > 0);
            Assert.All(response.Picks.Skip(1), p => Assert.Equal(0, p.Propensity));
            if (response.Picks[0].Propensity > 0)
            {
                told[item] = response.Picks[0].Propensity;
            }
        }

        Assert.True(told.Count >= 2, $"{told.Count} items came first in sampled decisions.");
        Assert.All(told, t => Assert.Equal((double)first[t.Key] / Decisions, t.Value, 0.2));
    }

    [Theory]
    [InlineData("", 12, 0.15)]
    [InlineData("""{"diversity":{"lambda":0.5}}""", 12, 0.15)]
    [InlineData("""{"topicQuotas":[{"most":1}]}""", 300, 0.25)]
    [InlineData("""{"topicQuotas":[{"topic":"t1"}],"diversity":{"lambda":0.9}}""", 12, 0.15)]
    public void Propensity_OfSampledDecisions_WeighsEachItemAsOftenAsItWouldCome(string rules, int items, double within)
    {
        // Inverse propensity scoring of "always this item" counts 1 / propensity where it came, 0 elsewhere: 1 on average. The first
        // hundred of many items are about three topics, so a quota has places filled by others.
        Placement placement = rules.Length == 0 ? new Placement() : Google.Protobuf.JsonParser.Default.Parse<Placement>(rules);
        (placement.PlacementId, placement.Learning) = ("home", Mode.Explore);
        _grid.Definitions = _grid.Definitions with { Placements = _grid.Definitions.Placements.With([placement]) };
        _grid.Items([.. Enumerable.Range(12, items - 12).Select(i => TenantWorld.Item($"i{i}", i < 100 ? $"t{i % 3}" : $"s{i % 40}"))]);
        Teach(12);
        var weights = new Dictionary<string, double>();
        var chances = new Dictionary<string, int>();
        var response = new PickContentResponse();
        const int Decisions = 4000;
        for (ulong n = 1; n <= Decisions; n++)
        {
            ulong seed = XxHash64.Hash($"{n}") & ~127ul;
            _client.PickContent(_grid.Turn() with { Seed = seed }, new PickContentRequest { Placement = "home" }, response);
            string item = response.Picks[0].ItemId;
            weights[item] = weights.GetValueOrDefault(item) + (1 / response.Picks[0].Propensity);
            chances[item] = chances.GetValueOrDefault(item) + 1;
        }

        var frequent = chances.Where(c => c.Value > 0.05 * Decisions).Select(c => c.Key).ToList();
        Assert.True(frequent.Count >= 2, $"{frequent.Count} items came often.");
        Assert.All(frequent, item => Assert.Equal(1, weights[item] / Decisions, within));
        Assert.DoesNotContain(rules.Contains("t1", StringComparison.Ordinal) ? "i1" : "none", chances.Keys);
    }

    [Fact]
    public void Pick_FewerThanAThousandKnown_WhatIsStatedIsNotJudged()
    {
        _grid.Pick(_client);
        Teach(110);
        _grid.Pick(_client);

        Assert.True(_client.Profile.ShownPicks[0].Stated < 0);
        Assert.InRange(_client.Profile.ShownPicks[_client.Profile.ShownPicks.Count - 1].Stated, 0, 1);
        Assert.Equal(1120, Counted().Picks);
        Assert.Equal(10, Sums()[PlacementLayout.Stated..PlacementLayout.Squares].Where((_, i) => i % 3 == 0).Sum(), 0.01);
    }

    [Fact]
    public void Pick_Observing_SamePicksAsWithoutLearning()
    {
        Teach(40);
        Define(Mode.Observe);
        PickContentResponse observed = _grid.Pick(_client);
        Define(Mode.Off);
        PickContentResponse plain = _grid.Pick(_client);

        Assert.Equal(plain.Picks.Select(p => (p.ItemId, p.Score)), observed.Picks.Select(p => (p.ItemId, p.Score)));
    }

    [Fact]
    public void Pick_ItemThatIsAlwaysLiked_ComesFirst()
    {
        for (int n = 0; n < 300; n++)
        {
            ClientActor visitor = TenantWorld.NewClient($"v{n}");
            PickContentResponse response = _grid.Pick(visitor);
            int at = response.Picks.ToList().FindIndex(p => p.ItemId == "i7");
            if (at >= 0)
            {
                Click(response, at, visitor);
            }

            _grid.Learn();
        }

        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal("i7", _grid.Pick(_client).Picks[0].ItemId));
    }
}
