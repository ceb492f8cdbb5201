using Footprint.Grid.Api.Options;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>
/// Sends metrics and traces to a collector. The standard <c>OTEL_</c> variables set the rest: headers, interval, sampler, resource.
/// </summary>
internal sealed class OtlpExport(ProcessOptions options, TelemetrySources sources) : IHostedService, IDisposable
{
    private const int LastExportMilliseconds = 3_000;

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateDefault()
            .AddService(sources.Service, serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3))
            .AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(sources.Meters)
            .AddOtlpExporter(exporter => SetUp(exporter, "metrics"))
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(sources.Traces)
            .AddOtlpExporter(exporter => SetUp(exporter, "traces"))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What was gathered last is still sent, within a bound: a collector that is away must not hold up a shutdown.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _metrics?.Shutdown(LastExportMilliseconds);
            _traces?.Shutdown(LastExportMilliseconds);
        },
        cancellationToken);

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }

    private void SetUp(OtlpExporterOptions exporter, string signal)
    {
        exporter.Protocol = options.OtlpOverHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        exporter.Endpoint = options.OtlpOverHttp ? new Uri($"{options.Otlp!.ToString().TrimEnd('/')}/v1/{signal}") : options.Otlp!;
    }
}
