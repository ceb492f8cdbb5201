namespace Footprint.Grid.Node.Tests.Options;

/// <summary>A test that needs curl and a shell; skipped by name where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CurlFactAttribute : FactAttribute
{
    public CurlFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (new[] { "curl", "sh" }.FirstOrDefault(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool)))) is { } missing)
        {
            Skip = $"{missing} is not installed";
        }
    }
}
