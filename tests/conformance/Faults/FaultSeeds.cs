namespace Footprint.Grid.Conformance.Faults;

/// <summary>How many seeds the fault tests run: three, or as many as FAULT_ROUNDS says.</summary>
internal static class FaultSeeds
{
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("FAULT_ROUNDS"), out var count) ? count : 3;

    public static TheoryData<int> All => [.. Enumerable.Range(1, Count)];

    /// <summary>A third of them, for a variation that adds little.</summary>
    public static TheoryData<int> Some => [.. Enumerable.Range(101, (Count + 2) / 3)];
}
