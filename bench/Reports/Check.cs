namespace Footprint.Grid.Bench.Reports;

/// <summary>A target and what was measured.</summary>
/// <param name="Name">What is held against what.</param>
/// <param name="Value">Measured.</param>
/// <param name="Limit">At least that, or at most.</param>
/// <param name="AtLeast">Which of the two.</param>
/// <param name="Unit">After the figures, for example ×.</param>
internal sealed record Check(string Name, double Value, double Limit, bool AtLeast, string Unit = "×")
{
    public bool Holds => AtLeast ? Value >= Limit : Value <= Limit;
}
