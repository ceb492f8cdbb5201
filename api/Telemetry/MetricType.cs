namespace Footprint.Grid.Api.Telemetry;

/// <summary>The types that Prometheus knows.</summary>
internal enum MetricType
{
    Counter,
    Gauge,
    Histogram,
}
