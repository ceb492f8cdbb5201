using Footprint.Grid.Api.Json;
using Microsoft.AspNetCore.Http;

namespace Footprint.Grid.Api.Privacy;

/// <summary><c>/.well-known/gpc.json</c>: this server abides by the Global Privacy Control signal, and since when it says so.</summary>
internal static class PrivacyStatement
{
    private const string Text = """{"gpc":true,"lastUpdate":"2026-11-22"}""";

    public static JsonRoute Route { get; } = new(
        "GET", [".well-known", "gpc.json"], null, (context, _) => JsonWriter.WriteAsync(context, Text, StatusCodes.Status200OK));
}
