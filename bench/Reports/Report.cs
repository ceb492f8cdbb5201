using System.Text.Json;
using Spectre.Console;

namespace Footprint.Grid.Bench.Reports;

/// <summary>What a run measured, as tables and as JSON.</summary>
internal sealed class Report(string title)
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly List<Subject> _subjects = [];
    private readonly List<Check> _checks = [];

    public string Title { get; } = title;

    public IReadOnlyList<Subject> Subjects => _subjects;

    public Subject Add(string name, Func<TimeSpan, Sample> measure)
    {
        var subject = new Subject(name, measure);
        _subjects.Add(subject);
        return subject;
    }

    public void Check(string name, double value, double limit, bool atLeast, string unit = "×") => _checks.Add(new Check(name, value, limit, atLeast, unit));

    /// <summary>Warms all up, each for so long at most, then measures all in turn, round after round.</summary>
    public void Measure(int rounds, TimeSpan duration, TimeSpan warmUp)
    {
        foreach (var subject in _subjects)
        {
            var seconds = subject.WarmUp(warmUp);
            AnsiConsole.MarkupLineInterpolated($"[grey]warmed up in {seconds:F0} s: {subject.Name}[/]");
        }

        for (var round = 1; round <= rounds; round++)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]round {round} of {rounds}[/]");
            foreach (var subject in _subjects)
            {
                subject.Measure(duration);
            }
        }
    }

    public void Print()
    {
        var table = new Table { Title = new TableTitle(Title) }
            .AddColumn("subject").AddColumns(["per second", "server CPU µs", "helper CPU µs", "p50 µs", "p99 µs", "allocated B"], c => c.RightAligned());
        foreach (var subject in _subjects)
        {
            var m = subject.Median;
            table.AddRow(subject.Name, $"{m.Rate:N0}", $"{m.CpuMicros:F2}", m.HelperMicros > 0 ? $"{m.HelperMicros:F2}" : "–", $"{m.P50Micros:N0}", $"{m.P99Micros:N0}", double.IsNaN(m.AllocatedBytes) ? "–" : $"{m.AllocatedBytes:N0}");
        }

        if (_subjects.Count > 0)
        {
            AnsiConsole.Write(table);
        }

        if (_checks.Count == 0)
        {
            return;
        }

        var checks = new Table { Title = _subjects.Count > 0 ? null : new TableTitle(Title) }.AddColumn("target").AddColumns(["measured", "limit"], c => c.RightAligned()).AddColumn("holds");
        foreach (var check in _checks)
        {
            checks.AddRow(Markup.Escape(check.Name), $"{check.Value:F2} {check.Unit}", $"{(check.AtLeast ? "≥" : "≤")} {check.Limit:G6} {check.Unit}", check.Holds ? "[green]yes[/]" : "[red]no[/]");
        }

        AnsiConsole.Write(checks);
    }

    /// <summary>Writes every sample, the medians and the targets.</summary>
    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(
        new
        {
            Title,
            Cores = Environment.ProcessorCount,
            Subjects = _subjects.Select(s => new { s.Name, s.Median, s.Samples }),
            Checks = _checks,
        },
        _json));
}
