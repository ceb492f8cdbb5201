namespace Footprint.Grid.Node.Telemetry;

/// <summary>The types that Prometheus knows.</summary>
internal enum MetricType
{
    Counter,
    Gauge,
    Histogram,
}
