namespace Footprint.Grid.Bench.Synthetic;

/// <summary>How much traffic is generated.</summary>
internal sealed record SyntheticSize(int Visitors, int Items, int Topics, int ActsAtLeast, int ActsAtMost)
{
    public static SyntheticSize Full { get; } = new(20_000, 5_000, 100, 6, 30);

    public static SyntheticSize Small { get; } = new(1_500, 1_000, 40, 6, 20);
}
