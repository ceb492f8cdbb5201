using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>The grid's own decisions.</summary>
internal sealed class GridPolicy(BanditWorld world, Placement.Types.Learning learning, ulong seed) : IBanditPolicy
{
    private readonly GridTenant _tenant = new(world, learning, world.Places, seed);
    private readonly Dictionary<int, string> _decisions = [];

    public string Name => learning == Placement.Types.Learning.Explore ? "the grid, EXPLORE" : "the grid, fixed ranking";

    /// <summary>Whether any pick so far was said to be calibrated.</summary>
    public bool HasCalibrated { get; private set; }

    public void Choose(int round, int visitor, bool app, Span<int> page)
    {
        var response = _tenant.Pick(round, visitor, app);
        _decisions[round] = response.DecisionId;
        for (var place = 0; place < page.Length; place++)
        {
            HasCalibrated |= response.Picks[place].Calibrated;
            page[place] = GridTenant.Item(response.Picks[place].ItemId);
        }
    }

    public void Learn(int now, in BanditOutcome outcome)
    {
        if (outcome.IsLiked)
        {
            _tenant.Click(now, outcome.Visitor, _decisions[outcome.Round], $"i{outcome.Item}");
        }
    }
}
