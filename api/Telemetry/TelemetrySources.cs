using System.Diagnostics.Metrics;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>Whose metrics and traces a process tells: the grid's own, the runtime's and the web server's, and more where it hosts more.</summary>
/// <param name="Service">What a collector calls the process.</param>
internal sealed record TelemetrySources(string Service)
{
    private const string Own = "Footprint.Grid";
    private const string OwnParts = Own + ".";

    private static readonly string[] _meters =
        ["System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    public IReadOnlyList<string> MoreMeters { get; init; } = [];

    public IReadOnlyList<string> MoreTraces { get; init; } = [];

    /// <summary>Names as OpenTelemetry takes them, with a star for any ending.</summary>
    public string[] Meters => [Own, OwnParts + "*", .. _meters, .. MoreMeters];

    public string[] Traces => [Own, OwnParts + "*", "Microsoft.AspNetCore", .. MoreTraces];

    public bool Listens(Meter meter) =>
        meter.Name == Own || meter.Name.StartsWith(OwnParts, StringComparison.Ordinal) || _meters.Contains(meter.Name) || MoreMeters.Contains(meter.Name);
}
