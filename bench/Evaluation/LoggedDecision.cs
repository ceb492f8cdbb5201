namespace Footprint.Grid.Bench.Evaluation;

/// <summary>One logged choice and what came of it.</summary>
/// <param name="Place">Where it stood; policies are given by place.</param>
/// <param name="Action">What was chosen.</param>
/// <param name="Propensity">The chance with which it was chosen then; more than 0, at most 1.</param>
/// <param name="Reward">What came of it.</param>
internal sealed record LoggedDecision(string Place, string Action, double Propensity, double Reward)
{
    /// <summary>With which chance another policy would have chosen each action in this very decision; null where it goes by place alone.</summary>
    public IReadOnlyDictionary<string, double>? Target { get; init; }
}
