namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>How many inputs each fuzz target gets: 300, or as many as FUZZ_ITERATIONS says.</summary>
internal static class FuzzRounds
{
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_ITERATIONS"), out var count) ? count : 300;

    /// <summary>Where to begin; a failure names its seed, which FUZZ_SEED repeats.</summary>
    public static int FirstSeed { get; } = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), out var seed) ? seed : 1;

    public static IEnumerable<int> Seeds => Enumerable.Range(FirstSeed, Count);
}
