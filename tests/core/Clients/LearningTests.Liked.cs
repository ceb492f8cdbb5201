using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.V1;
using Kind = Footprint.Grid.V1.Outcome.Types.Kind;
using Liked = Footprint.Grid.V1.Placement.Types.Liked;
using Mode = Footprint.Grid.V1.Placement.Types.Learning;

namespace Footprint.Grid.Core.Tests.Clients;

/// <summary>What counts as liked may be defined otherwise while a placement learns.</summary>
public sealed partial class LearningTests
{
    [Fact]
    public void Pick_LikedDefinedOtherwise_NothingIsCalledCalibratedByWhatWasLikedBefore()
    {
        Define(Mode.Observe, Liked.Click);
        for (int n = 0; n < 500; n++)
        {
            Visit(n);
        }

        int before = Visit(1000).Picks.Count(p => p.Calibrated);
        Define(Mode.Observe, Liked.Conversion);
        PickContentResponse after = Visit(1001);
        Define(Mode.Observe, Liked.Click);
        int again = Visit(1002).Picks.Count(p => p.Calibrated);

        Assert.Equal((10, 10), (before, again));
        Assert.DoesNotContain(after.Picks, p => p.Calibrated);

        // Four of twelve are liked by everybody, so that it can be told.
        PickContentResponse Visit(int n)
        {
            ClientActor visitor = TenantWorld.NewClient($"v{n}");
            PickContentResponse response = _grid.Pick(visitor);
            for (int i = 0; i < response.Picks.Count; i++)
            {
                if (response.Picks[i].ItemId is "i1" or "i2" or "i3" or "i4")
                {
                    Click(response, i, visitor);
                }
            }

            _grid.Learn();
            return response;
        }
    }

    [Fact]
    public void Outcome_OfAPickFromBeforeLikedWasDefinedOtherwise_CountsAsItDidThen()
    {
        Define(Mode.Explore, Liked.Click);
        PickContentResponse response = _grid.Pick(_client);
        Define(Mode.Explore, Liked.Conversion);

        Report(response, 0, Kind.Conversion);
        Report(response, 1, Kind.Click);

        Assert.Equal((10, 1), Counted());
    }

    [Theory]
    [InlineData("home", new Liked[] { }, "home")]
    [InlineData("home", new[] { Liked.Conversion, Liked.Click }, "home")]
    [InlineData("home", new[] { Liked.Click }, "home\n4")]
    [InlineData("a-b", new[] { Liked.Conversion }, "a-b\n8")]
    public void LearningKey_AnyDefinition_SaysPlacementAndWhatIsLiked(string id, Liked[] liked, string expected)
    {
        string key = LearningKey.Of(new Placement { PlacementId = id, Liked = { liked } });

        Assert.Equal(expected, key);
        Assert.Equal(id, LearningKey.Placement(key));
        Assert.Equal(liked.Length == 0 || liked.Contains(Liked.Click), LearningKey.IsLiked(key, Kind.Click));
        Assert.Equal(liked.Length == 0 || liked.Contains(Liked.Conversion), LearningKey.IsLiked(key, Kind.Conversion));
        Assert.False(LearningKey.IsLiked(key, Kind.Dismissal));
    }
}
