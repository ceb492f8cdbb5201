using Footprint.Grid.V1;

namespace Footprint.Grid.Conformance.Faults;

/// <summary>One line of a history: what a client did or saw, in the order that it happened to the clients.</summary>
/// <param name="Kind">sent, acked, killed, restarted, observed or hosted.</param>
internal sealed record HistoryLine(string Kind)
{
    public const string Sent = "sent";
    public const string Acked = "acked";
    public const string Killed = "killed";
    public const string Restarted = "restarted";
    public const string Observed = "observed";
    public const string Hosted = "hosted";

    /// <summary>What was answered to a message.</summary>
    public static HistoryLine OfAnswer(string message, IReadOnlyList<RecordResult> results) => new(Acked)
    {
        Message = message,
        Statuses = [.. results.Select(result => result.Status.ToString().ToUpperInvariant())],
        Errors = results.All(result => result.Error is null) ? null : [.. results.Select(result => result.Error is { } e ? $"{e.Code}: {e.Message}" : "")],
    };

    /// <summary>Of sent and acked: names the message.</summary>
    public string? Message { get; init; }

    /// <summary>Of sent.</summary>
    public IReadOnlyList<HistoryEvent>? Events { get; init; }

    /// <summary>Of acked: one for each event of the message.</summary>
    public IReadOnlyList<string>? Statuses { get; init; }

    /// <summary>Of acked: what was wrong with each event, its code first; empty where nothing was. Null where nothing was with any.</summary>
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>Of observed: whose profile was read; of hosted: who was looked for.</summary>
    public string? Client { get; init; }

    /// <summary>Of observed: events of each type that the profile counts.</summary>
    public IReadOnlyDictionary<string, ulong>? Totals { get; init; }

    /// <summary>Of observed: the items that the profile remembers.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>Of hosted: the processes that had the client in memory.</summary>
    public IReadOnlyList<string>? Hosts { get; init; }
}
