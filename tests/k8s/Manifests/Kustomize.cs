using System.Collections.Concurrent;
using Footprint.Grid.K8s.Tests.Processes;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>Renders a folder with the real kustomize, alone or as a part of kubectl; each folder once.</summary>
internal static class Kustomize
{
    /// <summary>The overlays, and those that tests put together from components.</summary>
    public static readonly IReadOnlyList<string> Folders = ["k8s/overlays/dev", "k8s/overlays/prod", "tests/k8s/overlays/joined"];

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> _rendered = new();

    public static TheoryData<string> Overlays { get; } = [.. Folders];

    /// <summary>Null when there is something that renders.</summary>
    public static string? WhySkip { get; } =
        Tool.Find("kustomize") is null && Tool.Find("kubectl") is null ? "not installed: kustomize or kubectl" : null;

    /// <param name="folder">Relative to the repository's root.</param>
    public static Task<string> BuildAsync(string folder) => _rendered.GetOrAdd(folder, name => new Lazy<Task<string>>(() => RunAsync(name))).Value;

    public static async Task<Overlay> RenderAsync(string folder) => new(Yaml.Read(await BuildAsync(folder).Within($"{folder} is rendered")));

    private static async Task<string> RunAsync(string folder)
    {
        string[] verb = Tool.Find("kustomize") is null ? ["kubectl", "kustomize"] : ["kustomize", "build"];
        return (await Tool.RunAsync(verb[0], [verb[1], folder])).Succeeded();
    }
}
