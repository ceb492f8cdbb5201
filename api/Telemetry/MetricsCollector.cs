using System.Diagnostics.Metrics;
using System.Text;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>
/// Listens to meters and tells what it heard as Prometheus text.
/// Instruments of one name and type share a family; one of the same name and another type is left out.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly List<MetricFamily> _observed = [];
    private readonly Lock _gate = new();
    private readonly Func<Meter, bool> _listens;
    private long _failedObservations;

    /// <param name="listens">Which meters to listen to.</param>
    public MetricsCollector(Func<Meter, bool> listens)
    {
        _listens = listens;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record((double)value, tags, state));
        _listener.Start();
    }

    /// <summary>One scrape. Scrapes wait for each other, since observed values are gathered anew.</summary>
    public string Scrape()
    {
        lock (_gate)
        {
            foreach (var family in _observed)
            {
                family.Clear();
            }

            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException e)
            {
                // One gauge that throws must not take the others away; that it does is told by the counter below.
                _failedObservations += e.InnerExceptions.Count;
            }

            var text = new StringBuilder(16 * 1024);
            foreach (var family in _families.Values)
            {
                PrometheusText.Write(text, family);
            }

            return text.Append("# TYPE footprint_grid_failed_observations_total counter\nfootprint_grid_failed_observations_total ")
                .Append(_failedObservations).Append('\n').ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((MetricSink)state!).Record(value, tags);

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!_listens(instrument.Meter) || MetricSink.TypeOf(instrument) is not { } type)
        {
            return;
        }

        lock (_gate)
        {
            var name = MetricNaming.Family(instrument, type);
            if (!_families.TryGetValue(name, out var family))
            {
                family = new MetricFamily(name, instrument.Description ?? "", type, MetricSink.BoundsOf(instrument));
                _families.Add(name, family);
                if (instrument.IsObservable)
                {
                    _observed.Add(family);
                }
            }
            else if (family.Type != type)
            {
                return;
            }

            listener.EnableMeasurementEvents(instrument, new MetricSink(family, instrument));
        }
    }
}
