using System.Text.Json.Nodes;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>What a server answered to curl.</summary>
internal sealed record CurlAnswer(int Status, string ContentType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The error that a refused request is answered with.</summary>
    public JsonNode Error
    {
        get
        {
            Assert.True(Status >= 400, $"not refused: {Status} {Body}");
            return Json["error"] ?? throw new InvalidOperationException($"no error in {Body}");
        }
    }
}
