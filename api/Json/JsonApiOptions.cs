namespace Footprint.Grid.Api.Json;

/// <summary>The JSON side.</summary>
public sealed class JsonApiOptions
{
    /// <summary>How deep a body may nest; 8 to 100.</summary>
    public int MaxDepth { get; set; } = 64;
}
