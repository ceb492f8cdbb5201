namespace Footprint.Grid.Bench.Evaluation;

/// <summary>With which chance another policy would have chosen each action, by place, or by decision where one says so itself.</summary>
internal sealed class TargetPolicy(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> chances)
{
    private static readonly Dictionary<string, double> _none = [];

    public IReadOnlyDictionary<string, double> At(LoggedDecision decision) => decision.Target ?? chances.GetValueOrDefault(decision.Place, _none);

    /// <summary>Of what was chosen.</summary>
    public double Chance(LoggedDecision decision) => At(decision).GetValueOrDefault(decision.Action);

    /// <summary>The shares with which a policy without context chose in a log of its own.</summary>
    public static TargetPolicy OfLog(IEnumerable<LoggedDecision> log) => new(log.GroupBy(d => d.Place).ToDictionary(
        place => place.Key,
        place =>
        {
            double all = place.Count();
            return (IReadOnlyDictionary<string, double>)place.GroupBy(d => d.Action).ToDictionary(a => a.Key, a => a.Count() / all);
        }));

    /// <summary>All actions that a log has at a place alike.</summary>
    public static TargetPolicy Uniform(IEnumerable<LoggedDecision> log) => new(log.GroupBy(d => d.Place).ToDictionary(
        place => place.Key,
        place =>
        {
            var actions = place.Select(d => d.Action).Distinct().ToList();
            return (IReadOnlyDictionary<string, double>)actions.ToDictionary(a => a, _ => 1.0 / actions.Count);
        }));
}
