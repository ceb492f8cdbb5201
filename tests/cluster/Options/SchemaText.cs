using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Cluster.Tests.Options;

/// <summary>The schema of appsettings as a table of options makes it. Lists are described once, in the node's.</summary>
internal static class SchemaText
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(OptionTable table)
    {
        var node = JsonNode.Parse(File.ReadAllText(SourceFolder.Path("node/ConfigurationSchema.json")))!["properties"]!["Footprint"]!;
        var settings = new JsonObject();
        foreach (var row in table.Rows)
        {
            settings[row.Setting] = Describe(row);
        }

        foreach (var list in new[] { OptionTable.TenantsSetting, OptionTable.KeysSetting })
        {
            settings[list] = node["properties"]![list]!.DeepClone();
        }

        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = $"Settings of a Footprint.Grid {table.Program}",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["$schema"] = new JsonObject { ["type"] = "string" },
                ["Footprint"] = new JsonObject
                {
                    ["description"] = node["description"]!.DeepClone(),
                    ["type"] = "object",
                    ["additionalProperties"] = false,
                    ["properties"] = settings,
                },
            },
        };
        return schema.ToJsonString(_indented) + "\n";
    }

    private static JsonObject Describe(OptionRow row)
    {
        var described = new JsonObject { ["description"] = row.Description, ["type"] = row.Kind == OptionKind.Number ? "integer" : "string" };
        switch (row.Kind)
        {
            case OptionKind.Number:
                described["minimum"] = row.Min;
                described["maximum"] = row.Max;
                break;
            case OptionKind.Choice:
                described["enum"] = new JsonArray([.. row.Choices.Select(choice => JsonValue.Create(choice))]);
                break;
            default:
                described["minLength"] = 1;
                break;
        }

        if (row.Default is { } usual)
        {
            described["default"] = row.Kind == OptionKind.Number ? JsonValue.Create(long.Parse(usual)) : JsonValue.Create(usual);
        }

        return described;
    }
}
