using System.Text.Json.Nodes;
using Footprint.Grid.Conformance.Processes;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>Runs the scenarios of js/ with the packages of its lock file, unmodified.</summary>
internal static class JsClient
{
    private static readonly Lazy<Task> _packages = new(InstallAsync);

    private static string Folder => SourceFolder.Path("tests/conformance/js");

    /// <summary>What the scenario printed.</summary>
    public static Task<JsonNode> RunAsync(string scenario, WireTarget target) => RunAsync(scenario, new Dictionary<string, string>
    {
        ["GRID_TARGET"] = target.Grpc.Authority,
        ["GRID_KEY"] = target.Key,
        ["GRID_PROTOS"] = SourceFolder.Path("contracts"),
    });

    /// <summary>Likewise of a scenario that is told other things, or nothing.</summary>
    public static async Task<JsonNode> RunAsync(string scenario, IReadOnlyDictionary<string, string> told)
    {
        await _packages.Value.Within("npm ci ends", 300);
        var result = await Tool.RunAsync("node", ["run.js", scenario], Folder, told);
        return JsonNode.Parse(result.Succeeded())!;
    }

    private static async Task InstallAsync()
    {
        if (!File.Exists(Path.Combine(Folder, "node_modules", "puppeteer-core", "package.json")))
        {
            (await Tool.RunAsync("npm", ["ci"], Folder, seconds: 300)).Succeeded();
        }
    }
}
