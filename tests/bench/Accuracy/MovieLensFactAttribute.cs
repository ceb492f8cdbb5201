namespace Footprint.Grid.Bench.Tests.Accuracy;

/// <summary>A test that needs the ratings of MovieLens 100k in the file that the environment names; skipped without.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MovieLensFactAttribute : FactAttribute
{
    public const string Variable = "FOOTPRINT_MOVIELENS";

    public MovieLensFactAttribute()
    {
        if (!File.Exists(Environment.GetEnvironmentVariable(Variable)))
        {
            Skip = $"{Variable} names no file of ratings of MovieLens 100k (docs/data.md).";
        }
    }
}
