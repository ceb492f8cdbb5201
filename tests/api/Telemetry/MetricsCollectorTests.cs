using System.Diagnostics.Metrics;
using Footprint.Grid.Api.Telemetry;

namespace Footprint.Grid.Api.Tests.Telemetry;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly Meter _meter = new("test." + Guid.NewGuid().ToString("N"));
    private readonly MetricsCollector _collector;

    public MetricsCollectorTests() => _collector = new MetricsCollector(meter => meter == _meter);

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counter_WithUnitAndTags_IsNamedAndSummed()
    {
        var counter = _meter.CreateCounter<long>("grid.read.size", "By", "Bytes read.");

        counter.Add(3, new("op", "a"), new KeyValuePair<string, object?>("ok", true));
        counter.Add(4, new("ok", true), new KeyValuePair<string, object?>("op", "a"));

        var text = _collector.Scrape();
        Assert.Contains("# HELP grid_read_size_bytes_total Bytes read.\n# TYPE grid_read_size_bytes_total counter\n", text);
        Assert.Contains("grid_read_size_bytes_total{ok=\"true\",op=\"a\"} 7\n", text);
    }

    [Fact]
    public void Labels_WithSpecialCharacters_AreEscaped()
    {
        var counter = _meter.CreateCounter<int>("odd", null, "Two\nlines and \\ one.");

        counter.Add(1, new KeyValuePair<string, object?>("a.b", "quote \" slash \\ line \n end"));

        var text = _collector.Scrape();
        Assert.Contains("# HELP odd_total Two\\nlines and \\\\ one.\n", text);
        Assert.Contains("odd_total{a_b=\"quote \\\" slash \\\\ line \\n end\"} 1\n", text);
    }

    [Fact]
    public void Histogram_Buckets_AreCumulativeAndBoundsInclusive()
    {
        var histogram = _meter.CreateHistogram("wait", "s", "Waited.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });

        foreach (var value in new[] { 0.05, 0.1, 0.5, 7 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("k", "v"));
        }

        var text = _collector.Scrape();
        Assert.Contains(
            "wait_seconds_bucket{k=\"v\",le=\"0.1\"} 2\n"
            + "wait_seconds_bucket{k=\"v\",le=\"1\"} 3\n"
            + "wait_seconds_bucket{k=\"v\",le=\"+Inf\"} 4\n",
            text);
        Assert.Contains("wait_seconds_sum{k=\"v\"} 7.65", text);
        Assert.Contains("wait_seconds_count{k=\"v\"} 4\n", text);
    }

    [Fact]
    public void Observable_SeriesThatIsToldNoMore_IsGone()
    {
        var names = new List<string> { "a", "b" };
        _ = _meter.CreateObservableGauge(
            "size", () => names.Select(name => new Measurement<int>(5, new KeyValuePair<string, object?>("n", name))));
        Assert.Contains("size{n=\"b\"} 5\n", _collector.Scrape());

        names.Remove("b");

        var text = _collector.Scrape();
        Assert.Contains("size{n=\"a\"} 5\n", text);
        Assert.DoesNotContain("n=\"b\"", text);
    }

    [Fact]
    public void Observable_ThatThrows_DoesNotTakeOthersAway()
    {
        _ = _meter.CreateObservableGauge("bad", () => Broken());
        _ = _meter.CreateObservableGauge("good", () => 1);

        var text = _collector.Scrape();

        Assert.Contains("good 1\n", text);
        Assert.Contains("footprint_grid_failed_observations_total 1\n", text);
    }

    [Fact]
    public void Series_PastTheBound_ShareTheOverflowSeries()
    {
        var counter = _meter.CreateCounter<int>("many");

        for (var i = 0; i < MetricFamily.MaxSeries + 50; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        }

        var lines = _collector.Scrape().Split('\n').Where(line => line.StartsWith("many_total{", StringComparison.Ordinal)).ToList();
        Assert.Equal(MetricFamily.MaxSeries + 1, lines.Count);
        Assert.Contains($"many_total{{{MetricFamily.OverflowLabels}}} 50", lines);
    }

    [Fact]
    public void UpDownCounterAndGauge_KeepTheirMeaning()
    {
        var active = _meter.CreateUpDownCounter<int>("active", "{request}");
        var level = _meter.CreateGauge<double>("level");

        active.Add(3);
        active.Add(-1);
        level.Record(9.5);
        level.Record(2.5);

        var text = _collector.Scrape();
        Assert.Contains("# TYPE active gauge\nactive 2\n", text);
        Assert.Contains("level 2.5\n", text);
    }

    [Fact]
    public async Task Writers_Concurrent_LoseNothing()
    {
        var counter = _meter.CreateCounter<long>("hits");
        var histogram = _meter.CreateHistogram<double>("took", "s");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("w", i % 3));
                histogram.Record(0.5);
            }
        }))).WaitAsync(TimeSpan.FromSeconds(30));

        var text = _collector.Scrape();
        Assert.Equal(40_000, text.Split('\n').Where(line => line.StartsWith("hits_total{", StringComparison.Ordinal)).Sum(line => long.Parse(line.Split(' ')[1])));
        Assert.Contains("took_seconds_count 40000\n", text);
        Assert.Contains("took_seconds_sum 20000\n", text);
    }

    private static int Broken() => throw new InvalidOperationException("broken");

    [Theory]
    [InlineData("a.b-c", "a_b_c")]
    [InlineData("9lives", "_9lives")]
    public void Name_Sanitized_IsWhatPrometheusAllows(string name, string expected) => Assert.Equal(expected, MetricNaming.Sanitize(name));
}
