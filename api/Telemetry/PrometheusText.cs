using System.Globalization;
using System.Text;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>The Prometheus text exposition format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int MaxLabelLength = 256;

    public static void Write(StringBuilder text, MetricFamily family)
    {
        var all = family.Read();
        if (all.Count == 0)
        {
            return;
        }

        if (family.Help.Length > 0)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
        }

        text.Append("# TYPE ").Append(family.Name).Append(' ').Append(TypeName(family.Type)).Append('\n');
        foreach (var series in all)
        {
            if (family.Type == MetricType.Histogram)
            {
                WriteHistogram(text, family, series);
            }
            else
            {
                WriteSample(text, family.Name, series.Labels, "", Number(series.Value));
            }
        }
    }

    public static string EscapeLabel(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    public static string EscapeHelp(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    public static string LabelValue(object? value)
    {
        var text = value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.Length > MaxLabelLength ? text[..MaxLabelLength] : text;
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    // Buckets are read once and the count is their sum, so that the lines agree while others write.
    private static void WriteHistogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        var buckets = series.ReadBuckets();
        var cumulative = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            cumulative += buckets[i];
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            WriteSample(text, family.Name + "_bucket", series.Labels, $"le=\"{bound}\"", Number(cumulative));
        }

        WriteSample(text, family.Name + "_sum", series.Labels, "", Number(series.Value));
        WriteSample(text, family.Name + "_count", series.Labels, "", Number(cumulative));
    }

    private static void WriteSample(StringBuilder text, string name, string labels, string more, string value)
    {
        text.Append(name);
        if (labels.Length + more.Length > 0)
        {
            text.Append('{').Append(labels);
            if (labels.Length > 0 && more.Length > 0)
            {
                text.Append(',');
            }

            text.Append(more).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string TypeName(MetricType type) => type switch
    {
        MetricType.Counter => "counter",
        MetricType.Gauge => "gauge",
        _ => "histogram",
    };
}
