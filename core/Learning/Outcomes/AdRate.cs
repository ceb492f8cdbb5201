namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>How often an ad is responded to, as a multiple of the response that is stated of it.</summary>
/// <param name="Mean">Of the posterior; 1 for as often as stated.</param>
/// <param name="Deviation">Of the posterior's logarithm; 0 where nothing is to be found out.</param>
internal readonly record struct AdRate(double Mean, double Deviation)
{
    public static AdRate Stated { get; } = new(1, 0);
}
