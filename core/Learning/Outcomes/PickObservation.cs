namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>A pick as shared knowledge sees it, when it is shown and again when something comes of it: no client, no id.</summary>
/// <param name="Placement">Where.</param>
/// <param name="ItemId">The item.</param>
/// <param name="TimeMs">Of the decision, also in what is said of it later, so that a like never counts more than what was shown.</param>
/// <param name="Features">As <see cref="PickFeatures"/> packs them.</param>
/// <param name="Predicted">How likely it was thought to be liked, before calibration; more than 0, less than 1.</param>
/// <param name="Stated">Likewise, as calibrated then; less than 0 when too little was known to judge what is stated.</param>
/// <param name="IsShown">Whether this says that it was shown, and not what came of it.</param>
/// <param name="Liked">1 when it says that the pick is liked, else 0.</param>
/// <param name="Worth">What the like is worth to learning, 0 to 1.</param>
/// <param name="Reward">What the outcome was worth, -10,000 to 10,000.</param>
/// <param name="Delay">How long after it was shown a like came, as <see cref="OutcomeDelays"/> numbers it.</param>
/// <param name="IsTakenBack">Whether what was observed before is to be forgotten: all of it counts against what was counted.</param>
public readonly record struct PickObservation(
    string Placement,
    string ItemId,
    long TimeMs,
    ulong Features,
    float Predicted,
    float Stated,
    bool IsShown,
    float Liked,
    float Worth,
    float Reward,
    int Delay = 0,
    bool IsTakenBack = false)
{
    /// <summary>Whether what was stated is held against what came of it.</summary>
    public bool IsJudged => Stated >= 0;
}
