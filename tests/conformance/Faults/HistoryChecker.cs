namespace Footprint.Grid.Conformance.Faults;

/// <summary>
/// Judges a recorded history, and knows nothing else. An event counts as acknowledged once an ack to a durable message
/// called it DURABLE or DUPLICATE; one that was rejected for a reason that passes does not. Then every later look at its client's profile must show it, exactly once. A client that
/// was looked for must be in the memory of one process at most.
/// </summary>
internal sealed class HistoryChecker
{
    private readonly bool _asksAgain;
    private readonly List<string> _violations = [];
    private readonly Dictionary<string, IReadOnlyList<HistoryEvent>> _messages = [];
    private readonly Dictionary<string, HistoryEvent> _sentByItem = [];
    private readonly Dictionary<string, int> _timesSent = [];
    private readonly Dictionary<string, Dictionary<string, HistoryEvent>> _acknowledged = [];
    private readonly HashSet<string> _toObserve = [];
    private int _kills;

    private HistoryChecker(bool asksAgain) => _asksAgain = asksAgain;

    /// <summary>All that is wrong with a history; empty when nothing is.</summary>
    /// <param name="lines">Of the history.</param>
    /// <param name="asksAgain">Whether something between caller and client may send an event again, so that its first answer may be DUPLICATE.</param>
    public static IReadOnlyList<string> Check(IEnumerable<string> lines, bool asksAgain = false)
    {
        var checker = new HistoryChecker(asksAgain);
        foreach (var line in lines)
        {
            checker.Take(History.Parse(line));
        }

        checker._violations.AddRange(checker._toObserve.Order().Select(client => $"unjudged: nobody looked at {client} after its last ack"));
        return checker._violations;
    }

    private void Take(HistoryLine line)
    {
        switch (line.Kind)
        {
            case HistoryLine.Sent:
                Send(line.Message!, line.Events!);
                break;
            case HistoryLine.Acked:
                Acknowledge(line.Message!, line.Statuses!, line.Errors);
                break;
            case HistoryLine.Killed:
                _kills++;
                break;
            case HistoryLine.Observed:
                Observe(line.Client!, line.Totals!, line.Items!);
                break;
            case HistoryLine.Hosted when line.Hosts!.Count > 1:
                _violations.Add($"two: {line.Client} is in the memory of {string.Join(" and ", line.Hosts)} after {_kills} kills");
                break;
            default:
                break;
        }
    }

    private void Send(string message, IReadOnlyList<HistoryEvent> events)
    {
        _messages[message] = events;
        foreach (var one in events)
        {
            _timesSent[one.Id] = _timesSent.GetValueOrDefault(one.Id) + 1;
            if (!_sentByItem.TryAdd(one.Item, one) && _sentByItem[one.Item] != one)
            {
                _violations.Add($"unjudged: {one.Item} stands for two events");
            }
        }
    }

    private void Acknowledge(string message, IReadOnlyList<string> statuses, IReadOnlyList<string>? errors)
    {
        if (!_messages.TryGetValue(message, out var events) || events.Count != statuses.Count)
        {
            _violations.Add($"ack: {message} was answered with {statuses.Count} results");
            return;
        }

        for (var i = 0; i < events.Count; i++)
        {
            var one = events[i];
            if (statuses[i] is not ("DURABLE" or "DUPLICATE"))
            {
                var error = errors is not null && i < errors.Count ? errors[i] : "";
                if (!Refusals.MayPass(statuses[i], error))
                {
                    _violations.Add($"ack: {one.Id} of {message} is {$"{statuses[i]} {error}".TrimEnd()}");
                }

                continue;
            }

            if (statuses[i] == "DUPLICATE" && _timesSent[one.Id] < 2 && !_asksAgain)
            {
                _violations.Add($"ack: {one.Id} of {message} is a DUPLICATE but was sent once");
            }

            if (!_acknowledged.TryGetValue(one.Client, out var known))
            {
                _acknowledged[one.Client] = known = [];
            }

            known[one.Id] = one;
            _toObserve.Add(one.Client);
        }
    }

    private void Observe(string client, IReadOnlyDictionary<string, ulong> totals, IReadOnlyList<string> items)
    {
        _toObserve.Remove(client);
        var where = $"{client} after {_kills} kills";
        var shown = items.ToHashSet();
        if (shown.Count != items.Count)
        {
            _violations.Add($"twice: {where} remembers an item more than once");
        }

        foreach (var lost in _acknowledged.GetValueOrDefault(client, []).Values.Where(one => !shown.Contains(one.Item)))
        {
            _violations.Add($"lost: {lost.Id} was acknowledged and is not in {where}");
        }

        var counts = new Dictionary<string, ulong>();
        foreach (var item in shown)
        {
            if (!_sentByItem.TryGetValue(item, out var one) || one.Client != client)
            {
                _violations.Add($"foreign: {where} remembers {item}, which was not sent to it");
                continue;
            }

            counts[one.Type] = counts.GetValueOrDefault(one.Type) + 1;
        }

        foreach (var type in counts.Keys.Union(totals.Keys).Order())
        {
            var counted = totals.GetValueOrDefault(type);
            var inside = counts.GetValueOrDefault(type);
            if (counted != inside)
            {
                _violations.Add($"{(counted > inside ? "twice" : "lost")}: {where} counts {counted} of {type}, its items show {inside}");
            }
        }
    }
}
