using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>The grid's own decisions, one pick each.</summary>
internal sealed class GridPolicy(BanditWorld world, Placement.Types.Learning learning, ulong seed) : IBanditPolicy
{
    private readonly GridTenant _tenant = new(world, learning, count: 1, seed);
    private readonly Dictionary<int, string> _decisions = [];

    public string Name => learning == Placement.Types.Learning.Explore ? "the grid, EXPLORE" : "the grid, fixed ranking";

    /// <summary>Whether any pick so far was said to be calibrated.</summary>
    public bool HasCalibrated { get; private set; }

    public int Choose(int round, int visitor, bool app)
    {
        var response = _tenant.Pick(round, visitor, app);
        _decisions[round] = response.DecisionId;
        HasCalibrated |= response.Picks[0].Calibrated;
        return GridTenant.Item(response.Picks[0].ItemId);
    }

    public void Learn(int round, int visitor, bool app, int item, bool liked)
    {
        if (_decisions.Remove(round, out var decision) && liked)
        {
            _tenant.Click(round + world.Delay, visitor, decision, $"i{item}");
        }
    }
}
