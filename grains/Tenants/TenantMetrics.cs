using System.Diagnostics.Metrics;

namespace Footprint.Grid.Grains.Tenants;

/// <summary>A silo's instruments about what tenants share, on the meter <c>Footprint.Grid</c>.</summary>
internal sealed class TenantMetrics : IDisposable
{
    private readonly Meter _meter = new("Footprint.Grid");
    private readonly Counter<long> _unconfirmed;
    private readonly Counter<long> _quarantined;

    public TenantMetrics()
    {
        _unconfirmed = _meter.CreateCounter<long>("footprint.grid.definitions.unconfirmed", "{silo}", "Silos that did not say in time that they have a change of definitions.");
        _quarantined = _meter.CreateCounter<long>("footprint.grid.definitions.quarantined", "{record}", "Stored definitions that could not be read.");
    }

    /// <summary>A gauge in seconds, without a value while there is none.</summary>
    public void Staleness(string name, string what, Func<double?> read) =>
        _meter.CreateObservableGauge(name, () => read() is { } value ? [new Measurement<double>(value)] : Array.Empty<Measurement<double>>(), "s", what);

    public void Gauge(string name, string unit, string what, Func<long> read) => _meter.CreateObservableGauge(name, read, unit, what);

    public void Count(string name, string unit, string what, Func<long> read) => _meter.CreateObservableCounter(name, read, unit, what);

    public void Seconds(string name, string what, Func<TimeSpan> read) => _meter.CreateObservableCounter(name, () => read().TotalSeconds, "s", what);

    public void Unconfirmed(int silos) => _unconfirmed.Add(silos);

    public void Quarantined() => _quarantined.Add(1);

    public void Dispose() => _meter.Dispose();
}
