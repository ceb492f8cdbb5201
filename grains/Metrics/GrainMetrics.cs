using System.Diagnostics.Metrics;
using Footprint.Grid.Grains.Journal;

namespace Footprint.Grid.Grains.Metrics;

/// <summary>A silo's instruments, on the meter <c>Footprint.Grid</c> and named as a node's are.</summary>
internal sealed class GrainMetrics : IDisposable
{
    public const string MeterName = "Footprint.Grid";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<long> _entries;
    private readonly Histogram<double> _seconds;
    private readonly Histogram<long> _decisions;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _checkpoints;
    private readonly Counter<long> _loads;
    private readonly Counter<long> _lost;
    private long _quarantined;
    private long _resident;
    private long _pending;

    public GrainMetrics()
    {
        _entries = _meter.CreateHistogram<long>("footprint.grid.commit.entries", "{entry}", "Journal entries in one commit.");
        _seconds = _meter.CreateHistogram<double>("footprint.grid.commit.duration", "s", "Time that one commit took.");
        _decisions = _meter.CreateHistogram<long>("footprint.grid.batch.decisions", "{decision}", "Decisions that came in one message.");
        _failures = _meter.CreateCounter<long>("footprint.grid.store.errors", "{error}", "Calls to the store that failed.");
        _checkpoints = _meter.CreateCounter<long>("footprint.grid.checkpoints", "{profile}", "Profiles written as checkpoints.");
        _loads = _meter.CreateCounter<long>("footprint.grid.profiles.loaded", "{profile}", "Clients looked up in the store.");
        _lost = _meter.CreateCounter<long>("footprint.grid.profiles.conflicts", "{profile}", "Clients dropped because somebody else had written them.");
        _meter.CreateObservableGauge("footprint.grid.quarantined", () => Volatile.Read(ref _quarantined), "{record}", "Stored records that could not be trusted.");
        _meter.CreateObservableGauge("footprint.grid.commit.pending", () => Volatile.Read(ref _pending), "By", "Changes that wait for the store.");
        _meter.CreateObservableGauge("footprint.grid.profiles.resident", () => Volatile.Read(ref _resident), "{profile}", "Profiles in memory.");
    }

    public void Committed(List<PendingAppend> appends, TimeSpan took)
    {
        if (_entries.Enabled)
        {
            long entries = 0;
            foreach (PendingAppend append in appends)
            {
                entries += append.Count;
            }

            _entries.Record(entries);
        }

        _seconds.Record(took.TotalSeconds);
    }

    public void Asked(int decisions) => _decisions.Record(decisions);

    public void StoreFailed(string operation) => _failures.Add(1, new KeyValuePair<string, object?>("operation", operation));

    public void Checkpointed() => _checkpoints.Add(1);

    public void Loaded() => _loads.Add(1);

    public void Conflicted() => _lost.Add(1);

    public void Quarantined() => Interlocked.Increment(ref _quarantined);

    public void Resident(int change) => Interlocked.Add(ref _resident, change);

    public void Pending(long change) => Interlocked.Add(ref _pending, change);

    public void Dispose() => _meter.Dispose();
}
