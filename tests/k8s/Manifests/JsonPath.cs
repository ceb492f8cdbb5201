using System.Text.Json.Nodes;

namespace Footprint.Grid.K8s.Tests.Manifests;

/// <summary>Ways into a manifest. What is not there is null, or nothing to walk over.</summary>
internal static class JsonPath
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            node = node?[name];
        }

        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> names) => node.At(names)?.ToString();

    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> names) => node.At(names)?.GetValue<long>();

    public static bool? Flag(this JsonNode? node, params ReadOnlySpan<string> names) => node.At(names)?.GetValue<bool>();

    public static IEnumerable<JsonNode> Each(this JsonNode? node, params ReadOnlySpan<string> names) =>
        node.At(names) is JsonArray list ? list.Select(item => item!) : [];

    public static IReadOnlyDictionary<string, string> Pairs(this JsonNode? node, params ReadOnlySpan<string> names) =>
        node.At(names) is JsonObject map ? map.ToDictionary(pair => pair.Key, pair => pair.Value!.ToString()) : [];
}
