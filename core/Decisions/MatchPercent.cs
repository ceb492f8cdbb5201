namespace Footprint.Grid.Core.Decisions;

/// <summary>A score as a percentage: the logistic function of 4 * score - 1. Not calibrated, so it only orders picks.</summary>
internal static class MatchPercent
{
    public static int Of(double score) => (int)Math.Round(100 / (1 + Math.Exp(1 - (4 * score))));
}
