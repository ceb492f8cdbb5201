using Footprint.Grid.Api.Health;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Telemetry;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Grpc;

/// <summary>What all calls of a gRPC host share.</summary>
internal sealed partial class GrpcRuntime(
    FootprintApiOptions options, CallGate gate, ServingState serving, ApiMetrics metrics, TimeProvider time, ILogger<GrpcHost> logger)
{
    public FootprintApiOptions Options { get; } = options;

    public CallGate Gate { get; } = gate;

    public ServingState Serving { get; } = serving;

    public ApiMetrics Metrics { get; } = metrics;

    public TimeProvider Time { get; } = time;

    public void LogFailed(Exception exception, string path) => LogCallFailed(logger, exception, path);
}
