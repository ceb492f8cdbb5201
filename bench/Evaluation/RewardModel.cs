namespace Footprint.Grid.Bench.Evaluation;

/// <summary>Mean reward of an action at a place, leaning on that of all decisions as on so many more of it.</summary>
internal sealed class RewardModel
{
    private readonly Dictionary<(string Place, string Action), (double Count, double Sum)> _of = [];
    private readonly double _lean;
    private readonly double _mean;

    public RewardModel(IEnumerable<LoggedDecision> log, double lean)
    {
        _lean = lean;
        (double count, double sum) = (0, 0);
        foreach (var d in log)
        {
            (count, sum) = (count + 1, sum + d.Reward);
            var known = _of.GetValueOrDefault((d.Place, d.Action));
            _of[(d.Place, d.Action)] = (known.Count + 1, known.Sum + d.Reward);
        }

        _mean = count > 0 ? sum / count : 0;
    }

    public double Reward(string place, string action)
    {
        var (count, sum) = _of.GetValueOrDefault((place, action));
        return (sum + (_lean * _mean)) / (count + _lean);
    }
}
