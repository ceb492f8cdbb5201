namespace Footprint.Grid.Core.Tests.Conditions;

/// <summary>A test over GrowthBook's public suite; skipped, with the reason, where the file is not to be found.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GrowthBookFactAttribute : FactAttribute
{
    public const string Variable = "FOOTPRINT_GROWTHBOOK_CASES";

    public GrowthBookFactAttribute()
    {
        if (CasesPath is null)
        {
            Skip = $"GrowthBook's cases.json is neither at ${Variable} nor at ../shared/data/growthbook-cases.json beside the repository.";
        }
    }

    /// <summary>Where the suite is; null when it is nowhere.</summary>
    public static string? CasesPath { get; } = Find();

    private static string? Find()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return File.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Footprint.Grid.sln")))
            {
                string beside = Path.Combine(folder.FullName, "..", "shared", "data", "growthbook-cases.json");
                return File.Exists(beside) ? beside : null;
            }
        }

        return null;
    }
}
