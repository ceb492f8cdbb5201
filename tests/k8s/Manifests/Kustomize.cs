using System.Collections.Concurrent;
using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>Renders a folder with the real kustomize, alone or as a part of kubectl; each folder once.</summary>
internal static class Kustomize
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> _rendered = new();

    /// <summary>Null when there is something that renders.</summary>
    public static string? WhySkip { get; } =
        Tool.Find("kustomize") is null && Tool.Find("kubectl") is null ? "not installed: kustomize or kubectl" : null;

    /// <summary>The overlays under k8s/overlays.</summary>
    public static TheoryData<string> Overlays { get; } =
        [.. Directory.GetDirectories(Repository.Path("k8s/overlays")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <param name="folder">Relative to the repository's root.</param>
    public static Task<string> BuildAsync(string folder) => _rendered.GetOrAdd(folder, name => new Lazy<Task<string>>(() => RunAsync(name))).Value;

    public static async Task<Overlay> RenderAsync(string overlay) =>
        new(Yaml.Read(await BuildAsync($"k8s/overlays/{overlay}").Within($"{overlay} is rendered")));

    private static async Task<string> RunAsync(string folder)
    {
        string[] verb = Tool.Find("kustomize") is null ? ["kubectl", "kustomize"] : ["kustomize", "build"];
        return (await Tool.RunAsync(verb[0], [verb[1], folder])).Succeeded();
    }
}
