using Xunit.Abstractions;

namespace Footprint.Grid.Conformance;

/// <summary>Tests of this class need a program on the PATH; where it is missing they are reported as skipped, by name.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresToolAttribute(string tool) : Attribute
{
    public string Tool { get; } = tool;

    /// <summary>Where the program is; null when it is nowhere.</summary>
    public static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(directory => Path.Combine(directory, tool))
        .FirstOrDefault(File.Exists);

    internal static string? WhySkip(ITestMethod method)
    {
        IAttributeInfo? needed = method.TestClass.Class.GetCustomAttributes(typeof(RequiresToolAttribute).AssemblyQualifiedName).FirstOrDefault();
        string? tool = needed?.GetConstructorArguments().OfType<string>().FirstOrDefault();
        return tool is null || Find(tool) is not null ? null : $"{tool} is not installed";
    }
}
