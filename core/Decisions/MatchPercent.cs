namespace Footprint.Grid.Core.Decisions;

/// <summary>A score as a percentage: 100 * score / (score + 0.5), 0 for less than 0. Not calibrated, so it only orders picks.</summary>
internal static class MatchPercent
{
    private const double Half = 0.5;

    public static int Of(double score) => score <= 0 ? 0 : (int)Math.Round(100 * score / (score + Half));
}
