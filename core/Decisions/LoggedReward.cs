namespace Footprint.Grid.Core.Decisions;

/// <summary>The first liked outcome of a pick.</summary>
/// <param name="Decision">Hash of the decision's id.</param>
/// <param name="TimeMs">When it happened.</param>
/// <param name="ItemId">The pick.</param>
/// <param name="Reward">What it is worth to learning, 0 to 1.</param>
public readonly record struct LoggedReward(ulong Decision, long TimeMs, string ItemId, double Reward);
