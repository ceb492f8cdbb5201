using System.Globalization;
using System.Text.Json;

namespace Footprint.Grid.Bench.Evaluation;

/// <summary>Reads logs of decisions: lines of JSON of our own, or the Open Bandit Dataset's tables.</summary>
internal static class LogFile
{
    private const int MostLines = 20_000_000;
    private static readonly string[] _columns = ["position", "item_id", "propensity_score", "click"];

    /// <summary>
    /// NDJSON, a file or a folder of them: <c>{"place":"home","action":"i7","propensity":0.25,"reward":1,"target":{"i7":0.5,"i8":0.5}}</c>,
    /// target being the chances under the policy that is asked about, of every action that it can choose at that place, once
    /// for each place at least. A line with a <c>decision</c>, as a node's decision log has them, has a target of its own, and its
    /// reward, 0 otherwise, may come in a later line that names decision and action again.
    /// </summary>
    /// <exception cref="FormatException">A line is not like that; its number and field are named.</exception>
    public static (List<LoggedDecision> Log, TargetPolicy Policy) Read(string path)
    {
        var log = new List<LoggedDecision>();
        var named = new Dictionary<(string Decision, string Action), int>();
        var targets = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        var number = 0;
        foreach (var line in Lines(path).Take(MostLines))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(line);
                Take(json.RootElement, number, log, named, targets);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new FormatException($"Line {number} is not a logged decision: {e.Message}", e);
            }
        }

        if (log.Count == 0)
        {
            throw new FormatException($"{path} holds no decision.");
        }

        foreach (var place in log.Where(d => d.Target is null).Select(d => d.Place).Distinct())
        {
            Check(place, targets.GetValueOrDefault(place));
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

    private static IEnumerable<string> Lines(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.ndjson").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
        : File.ReadLines(path);

    private static void Take(
        JsonElement row, int number, List<LoggedDecision> log, Dictionary<(string Decision, string Action), int> named, Dictionary<string, IReadOnlyDictionary<string, double>> targets)
    {
        var action = Text(row, "action");
        var decision = row.TryGetProperty("decision", out var id) ? id.GetString() : null;
        if (decision is not null && !row.TryGetProperty("propensity", out _))
        {
            // What came of a pick; most picks are not in the log.
            if (named.TryGetValue((decision, action), out var at))
            {
                log[at] = Checked(log[at] with { Reward = Number(row, "reward") }, number);
            }

            return;
        }

        var place = row.TryGetProperty("place", out var where) ? where.GetString()! : "";
        var reward = decision is not null && !row.TryGetProperty("reward", out _) ? 0 : Number(row, "reward");
        var target = row.TryGetProperty("target", out var chances) ? chances.EnumerateObject().ToDictionary(a => a.Name, a => a.Value.GetDouble()) : null;
        var logged = Checked(new LoggedDecision(place, action, Number(row, "propensity"), reward), number);
        if (decision is not null)
        {
            Check(place, target);
            named[(decision, action)] = log.Count;
            logged = logged with { Target = target };
        }
        else if (target is not null)
        {
            targets[place] = target;
        }

        log.Add(logged);
    }

    private static void Check(string place, IReadOnlyDictionary<string, double>? target)
    {
        if (target is null)
        {
            throw new FormatException($"No line has the field target for the place '{place}'.");
        }

        if (target.Values.Any(chance => chance is not (>= 0 and <= 1)))
        {
            throw new FormatException($"A chance of target at the place '{place}' is not between 0 and 1.");
        }

        if (Math.Abs(target.Values.Sum() - 1) > 1e-6)
        {
            throw new FormatException($"The chances of target at the place '{place}' add up to {target.Values.Sum():R}, not 1.");
        }
    }

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetString() ?? throw new InvalidOperationException($"{field} is null");

    private static double Number(JsonElement row, string field) => row.GetProperty(field).GetDouble();

    private static LoggedDecision Checked(LoggedDecision decision, int line) =>
        decision.Propensity is > 0 and <= 1 && double.IsFinite(decision.Reward)
            ? decision
            : throw new FormatException($"Line {line} has a propensity of {decision.Propensity:R} and a reward of {decision.Reward:R}; propensities are more than 0 and at most 1.");
}
