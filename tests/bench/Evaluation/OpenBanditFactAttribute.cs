namespace Footprint.Grid.Bench.Tests.Evaluation;

/// <summary>A test that needs the Open Bandit Dataset in the folder that the environment names; skipped without.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenBanditFactAttribute : FactAttribute
{
    public const string Variable = "FOOTPRINT_OPEN_BANDIT";

    public OpenBanditFactAttribute()
    {
        if (!Directory.Exists(Environment.GetEnvironmentVariable(Variable)))
        {
            Skip = $"{Variable} names no folder with the Open Bandit Dataset (docs/data.md).";
        }
    }
}
