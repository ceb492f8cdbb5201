using System.Globalization;
using System.Text.Json;

namespace Footprint.Grid.Bench.Evaluation;

/// <summary>Reads logs of decisions: lines of JSON of our own, or the Open Bandit Dataset's tables.</summary>
internal static class LogFile
{
    private const int MostLines = 20_000_000;
    private static readonly string[] _columns = ["position", "item_id", "propensity_score", "click"];

    /// <summary>
    /// NDJSON: <c>{"place":"home","action":"i7","propensity":0.25,"reward":1,"target":{"i7":0.5,"i8":0.5}}</c>, target being the chances
    /// under the policy that is asked about, of every action that it can choose at that place, once
    /// for each place at least.
    /// </summary>
    /// <exception cref="FormatException">A line is not like that; its number and field are named.</exception>
    public static (List<LoggedDecision> Log, TargetPolicy Policy) Read(string path)
    {
        var log = new List<LoggedDecision>();
        var targets = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        var number = 0;
        foreach (var line in File.ReadLines(path).Take(MostLines))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(line);
                var row = json.RootElement;
                var place = row.TryGetProperty("place", out var at) ? at.GetString()! : "";
                log.Add(Checked(new LoggedDecision(place, Text(row, "action"), Number(row, "propensity"), Number(row, "reward")), number));
                if (row.TryGetProperty("target", out var target))
                {
                    targets[place] = target.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.GetDouble());
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new FormatException($"Line {number} is not a logged decision: {e.Message}", e);
            }
        }

        foreach (var place in log.Select(d => d.Place).Distinct())
        {
            if (!targets.TryGetValue(place, out var chances))
            {
                throw new FormatException($"No line has the field target for the place '{place}'.");
            }

            if (Math.Abs(chances.Values.Sum() - 1) > 1e-6)
            {
                throw new FormatException($"The chances of target at the place '{place}' add up to {chances.Values.Sum():R}, not 1.");
            }
        }

        return (log, new TargetPolicy(targets));
    }

    /// <summary>A table of the Open Bandit Dataset: <c>item_id</c>, <c>position</c>, <c>click</c>, <c>propensity_score</c>.</summary>
    public static List<LoggedDecision> ReadOpenBandit(string path)
    {
        using var lines = File.ReadLines(path).GetEnumerator();
        var header = lines.MoveNext() ? lines.Current.Split(',') : [];
        var columns = _columns.Select(c => Array.IndexOf(header, c)).ToArray();
        if (columns.Contains(-1))
        {
            throw new FormatException($"{path} lacks one of the columns position, item_id, propensity_score and click.");
        }

        var log = new List<LoggedDecision>();
        while (lines.MoveNext() && log.Count < MostLines)
        {
            var cells = lines.Current.Split(',');
            log.Add(Checked(
                new LoggedDecision(
                    cells[columns[0]],
                    cells[columns[1]],
                    double.Parse(cells[columns[2]], CultureInfo.InvariantCulture),
                    double.Parse(cells[columns[3]], CultureInfo.InvariantCulture)),
                log.Count + 2));
        }

        return log;
    }

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetString() ?? throw new InvalidOperationException($"{field} is null");

    private static double Number(JsonElement row, string field) => row.GetProperty(field).GetDouble();

    private static LoggedDecision Checked(LoggedDecision decision, int line) =>
        decision.Propensity is > 0 and <= 1 && double.IsFinite(decision.Reward)
            ? decision
            : throw new FormatException($"Line {line} has a propensity of {decision.Propensity:R} and a reward of {decision.Reward:R}; propensities are more than 0 and at most 1.");
}
