using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>YAML as the JSON that the API server makes of it.</summary>
internal static class Yaml
{
    public static IReadOnlyList<JsonObject> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Assert.IsType<JsonObject>(Convert(document.RootNode)))];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(
            pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Convert)]),
        YamlScalarNode scalar => Convert(scalar),
        _ => throw new InvalidOperationException($"no JSON for {node.NodeType} at {node.Start}"),
    };

    private static JsonNode? Convert(YamlScalarNode scalar) => scalar.Value switch
    {
        var text when scalar.Style != ScalarStyle.Plain => text,
        null or "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        var text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        var text => text,
    };
}
