using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Footprint.Grid.K8s.Tests.Manifests;

namespace Footprint.Grid.K8s.Tests.Settings;

/// <summary>What an executable can be told, read from the schema beside it, by the names of environment variables.</summary>
internal sealed partial class ConfigurationSchema
{
    private const string Section = "Footprint";
    private const string Prefix = "FOOTPRINT_";

    private readonly List<Regex> _variables;

    public ConfigurationSchema(string executable)
    {
        var file = JsonNode.Parse(Repository.Read($"{executable}/ConfigurationSchema.json"));
        _variables = [.. Variables(file.At("properties", Section, "properties")!.AsObject()).Select(pattern => new Regex($"^{Prefix}{pattern}$"))];
    }

    public bool Knows(string variable) => _variables.Any(known => known.IsMatch(variable));

    private static IEnumerable<string> Variables(JsonObject settings)
    {
        foreach (var (name, schema) in settings)
        {
            // A list's entries are numbered, and their fields run together: FOOTPRINT_KEYS__0__HASH.
            if (schema.At("items", "properties") is not JsonObject fields)
            {
                yield return Upper(name);
                continue;
            }

            foreach (var (field, value) in fields)
            {
                var list = value.Text("type") == "array" ? "__[0-9]+" : "";
                yield return $"{Upper(name)}__[0-9]+__{field.ToUpperInvariant()}{list}";
            }
        }
    }

    private static string Upper(string setting) => WordStart().Replace(setting, "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
