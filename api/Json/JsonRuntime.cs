using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Telemetry;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Json;

/// <summary>What all JSON endpoints share.</summary>
internal sealed partial class JsonRuntime(
    FootprintApiOptions options, CallGate gate, ApiMetrics metrics, TimeProvider time, ILogger<JsonRuntime> logger)
{
    public FootprintApiOptions Options { get; } = options;

    public CallGate Gate { get; } = gate;

    public ApiMetrics Metrics { get; } = metrics;

    public TimeProvider Time { get; } = time;

    public void LogFailed(Exception exception, string path) => LogCallFailed(logger, exception, path);
}
