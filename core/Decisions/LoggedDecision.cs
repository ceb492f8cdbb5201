namespace Footprint.Grid.Core.Decisions;

/// <summary>The first pick of a decision by a placement that explores.</summary>
/// <param name="Decision">Hash of the decision's id.</param>
/// <param name="TimeMs">Of the turn.</param>
/// <param name="Placement">Where.</param>
/// <param name="ItemId">What was put first.</param>
/// <param name="Propensity">With which chance; more than 0, at most 1.</param>
/// <param name="Unlearned">What would have been put first without anything learned from outcomes.</param>
public readonly record struct LoggedDecision(ulong Decision, long TimeMs, string Placement, string ItemId, double Propensity, string Unlearned);
