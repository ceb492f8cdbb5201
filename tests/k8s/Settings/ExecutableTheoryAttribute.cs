namespace Footprint.Grid.K8s.Tests.Settings;

/// <summary>A test of rendered manifests against the schemas of both executables.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ExecutableTheoryAttribute : TheoryAttribute
{
    public ExecutableTheoryAttribute()
    {
        var missing = Manifests.Overlay.Executables.Where(executable => !IsWritten($"{executable}/ConfigurationSchema.json")).ToList();
        Skip = missing.Count > 0 ? $"no ConfigurationSchema.json yet: {string.Join(", ", missing)}" : Manifests.Kustomize.WhySkip!;
    }

    private static bool IsWritten(string file) => File.Exists(Repository.Path(file)) && Repository.Read(file).Length > 0;
}
