using System.Diagnostics.Metrics;

namespace Footprint.Grid.Api.Telemetry;

/// <summary>Instrument names as Prometheus writes them: underscores, the unit as a suffix, <c>_total</c> for counters.</summary>
internal static class MetricNaming
{
    public static string Family(Instrument instrument, MetricType type)
    {
        var name = Sanitize(instrument.Name);
        var unit = instrument.Unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "%" => "percent",
            "1" when type == MetricType.Gauge => "ratio",
            // Braces hold a remark such as {request}, not a unit.
            null or "" or ['{', ..] or "1" => "",
            var other => Sanitize(other),
        };
        if (unit.Length > 0 && !name.EndsWith("_" + unit, StringComparison.Ordinal))
        {
            name += "_" + unit;
        }

        return type == MetricType.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Letters, digits and underscores, not beginning with a digit.</summary>
    public static string Sanitize(string name)
    {
        var clean = string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(text[i]) ? text[i] : '_';
            }
        });
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean;
    }
}
