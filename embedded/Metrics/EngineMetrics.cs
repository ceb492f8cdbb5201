using System.Diagnostics.Metrics;
using Footprint.Grid.Embedded.Journal;

namespace Footprint.Grid.Embedded.Metrics;

/// <summary>The engine's instruments, on the meter <c>Footprint.Grid</c>.</summary>
internal sealed class EngineMetrics : IDisposable
{
    public const string MeterName = "Footprint.Grid";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<long> _entries;
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _loads;
    private long _quarantined;

    public EngineMetrics()
    {
        _entries = _meter.CreateHistogram<long>("footprint.grid.commit.entries", "{entry}", "Journal entries in one commit.");
        _seconds = _meter.CreateHistogram<double>("footprint.grid.commit.duration", "s", "Time that one commit took.");
        _failures = _meter.CreateCounter<long>("footprint.grid.store.errors", "{error}", "Calls to the store that failed.");
        _checkpoints = _meter.CreateCounter<long>("footprint.grid.checkpoints", "{profile}", "Profiles written as checkpoints.");
        _evictions = _meter.CreateCounter<long>("footprint.grid.profiles.evicted", "{profile}", "Profiles that left memory.");
        _loads = _meter.CreateCounter<long>("footprint.grid.profiles.loaded", "{profile}", "Clients looked up in the store.");
        _meter.CreateObservableGauge("footprint.grid.quarantined", () => Volatile.Read(ref _quarantined), "{record}", "Stored records that could not be trusted.");
    }

    public void Gauge(string name, string unit, string what, Func<long> read) => _meter.CreateObservableGauge(name, read, unit, what);

    public void Gauge(string name, string unit, string what, Func<IEnumerable<Measurement<double>>> read) =>
        _meter.CreateObservableGauge(name, read, unit, what);

    public void Count(string name, string unit, string what, Func<long> read) => _meter.CreateObservableCounter(name, read, unit, what);

    public void Seconds(string name, string what, Func<TimeSpan> read) => _meter.CreateObservableCounter(name, () => read().TotalSeconds, "s", what);

    public void Committed(List<JournalSegment> segments, TimeSpan took)
    {
        if (_entries.Enabled)
        {
            long entries = 0;
            foreach (JournalSegment segment in segments)
            {
                entries += segment.Count;
            }

            _entries.Record(entries);
        }

        _seconds.Record(took.TotalSeconds);
    }

    public void StoreFailed(string operation) => _failures.Add(1, new KeyValuePair<string, object?>("operation", operation));

    public void Checkpointed(int profiles) => _checkpoints.Add(profiles);

    public void Evicted() => _evictions.Add(1);

    public void Loaded(int clients) => _loads.Add(clients);

    public void Quarantined(long records = 1) => Interlocked.Add(ref _quarantined, records);

    public void Dispose() => _meter.Dispose();
}
