using System.Collections.Concurrent;
using System.Text;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>
/// All series of one metric. Bounded: past <see cref="MaxSeries"/> label sets, new ones share a series that is labelled as overflow,
/// so that a label with endless values costs no memory.
/// </summary>
internal sealed class MetricFamily
{
    public const int MaxSeries = 1_000;
    public const string OverflowLabels = "otel_metric_overflow=\"true\"";

    // The same labels in another order are another tag set of the same series.
    private const int MaxTagSets = MaxSeries * 4;

    private readonly ConcurrentDictionary<TagSet, MetricSeries> _byTags = new(TagSet.Comparer);
    private readonly ConcurrentDictionary<TagSet, MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly Dictionary<string, MetricSeries> _byLabels = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();

    public MetricFamily(string name, string help, MetricType type, double[] bounds)
    {
        Name = name;
        Help = help;
        Type = type;
        Bounds = bounds;
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public string Help { get; }

    public MetricType Type { get; }

    public double[] Bounds { get; }

    public MetricSeries Find(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _lookup.TryGetValue(tags, out var series) ? series : Add(tags);

    public IReadOnlyList<MetricSeries> Read()
    {
        lock (_adding)
        {
            return [.. _byLabels.Values.OrderBy(series => series.Labels, StringComparer.Ordinal)];
        }
    }

    /// <summary>Observed series are told anew at every scrape; what is told no more is gone.</summary>
    public void Clear()
    {
        lock (_adding)
        {
            _byTags.Clear();
            _byLabels.Clear();
        }
    }

    private MetricSeries Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            var labels = Render(tags);
            if (!_byLabels.TryGetValue(labels, out var series))
            {
                labels = _byLabels.Count < MaxSeries ? labels : OverflowLabels;
                if (!_byLabels.TryGetValue(labels, out series))
                {
                    series = new MetricSeries(labels, Bounds);
                    _byLabels.Add(labels, series);
                }
            }

            if (_byTags.Count < MaxTagSets)
            {
                _lookup[tags] = series;
            }

            return series;
        }
    }

    private static string Render(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags)
        {
            var name = MetricNaming.Sanitize(key);
            var text = PrometheusText.EscapeLabel(PrometheusText.LabelValue(value));
            sorted[name] = sorted.TryGetValue(name, out var other) ? $"{other};{text}" : text;
        }

        return new StringBuilder().AppendJoin(',', sorted.Select(pair => $"{pair.Key}=\"{pair.Value}\"")).ToString();
    }
}
