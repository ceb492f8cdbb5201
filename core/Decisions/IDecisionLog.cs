namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// Takes decisions whose propensity is known, and what came of picks, for evaluation; a decision never reads it. What
/// analytics may not use is not given to it, and nothing of it names a client. Never blocks and never fails a turn.
/// </summary>
public interface IDecisionLog
{
    void Decided(string tenant, in LoggedDecision decision);

    /// <summary>Also of decisions that were not given to it: only the profile knows a decision by then, and not whether it was.</summary>
    void Rewarded(string tenant, in LoggedReward reward);
}
