using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;

namespace Footprint.Grid.Core.Events;

/// <summary>Makes an event from outside fit to be applied.</summary>
public static class EventIntake
{
    public const int MaxEventBytes = 32 * 1024;
    public const int MaxBatch = 1000;
    public const long MaxAheadMs = 5 * 60 * 1000;
    private const int MaxTraits = 16;
    private const double MaxAmount = 1e12;

    /// <summary>
    /// Fills in a missing id (one of its own each call of <paramref name="newId"/>) and time (and returns them in <paramref name="result"/>), then checks what the event means.
    /// False when it is refused: the result then is REJECTED with every fault, fields named from <c>events[index]</c>.
    /// </summary>
    /// <param name="e">The event.</param>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="nowMs">The server's clock.</param>
    /// <param name="newId">Makes an id.</param>
    /// <param name="result">Filled in.</param>
    /// <param name="isOfRecipient">
    /// Whether somebody tells it to whom data may be given: who then has no say in what the client permits, neither by an
    /// answer to a probe nor by the country whose law holds, and whose word is not the client's own but imported.
    /// </param>
    public static bool Prepare(FootprintEvent e, int index, long nowMs, Func<string> newId, RecordResult result, bool isOfRecipient = false)
    {
        if (e.EventId.Length == 0)
        {
            e.EventId = newId();
        }

        result.EventId = e.EventId;
        if (isOfRecipient)
        {
            if (e.Type == EventTypeTable.ProbeAnswer)
            {
                result.Reject("PERMISSION_DENIED", "The API key acts for a recipient, who may not answer for the client; it was not kept.", $"events[{index}].type", "any other type");
                return false;
            }

            e.Context?.Attributes.Remove("country");
            e.Imported = true;
        }

        if (e.Time is null)
        {
            e.Time = ToTimestamp(nowMs);
            result.Time = e.Time;
        }

        List<Fault>? faults = null;
        if (!IsPlain(e, nowMs))
        {
            faults = Faults(e, $"events[{index}]", nowMs);
        }

        if (faults is not { Count: > 0 })
        {
            return true;
        }

        result.Reject(faults);
        return false;
    }

    /// <summary>Likewise for an outcome, fields named from <c>outcomes[index]</c>.</summary>
    public static bool Prepare(Outcome outcome, int index, long nowMs, Func<string> newId, RecordResult result, bool isOfRecipient = false)
    {
        outcome.Imported |= isOfRecipient;
        if (outcome.OutcomeId.Length == 0)
        {
            outcome.OutcomeId = newId();
        }

        result.EventId = outcome.OutcomeId;
        if (outcome.Time is null)
        {
            outcome.Time = ToTimestamp(nowMs);
            result.Time = outcome.Time;
        }

        List<Fault> faults = Faults(outcome, $"outcomes[{index}]", nowMs);
        if (faults.Count == 0)
        {
            return true;
        }

        result.Reject(faults);
        return false;
    }

    /// <summary>Time of a valid event in milliseconds since the epoch.</summary>
    public static long TimeMs(Timestamp time) => (time.Seconds * 1000) + (time.Nanos / 1_000_000);

    /// <summary>What is told cannot have happened later than now, but for what clocks differ.</summary>
    internal static void CheckTime(List<Fault> faults, string field, Timestamp time, long nowMs)
    {
        if (faults.Time(field, time, out long ms) && ms > nowMs + MaxAheadMs)
        {
            faults.Add(new Fault(field, "lies ahead of the server's clock", "at most 5 minutes ahead"));
        }
    }

    // The common event passes without a list or a path being made.
    private static bool IsPlain(FootprintEvent e, long nowMs)
    {
        if (!FieldChecks.IsText(e.EventId, 1, FieldChecks.MaxIdBytes)
            || !FieldChecks.IsText(e.ClientId, 1, FieldChecks.MaxIdBytes)
            || !FieldChecks.IsText(e.Type, 1, 64)
            || !FieldChecks.IsText(e.ItemId, 0, FieldChecks.MaxIdBytes)
            || e.Time.Seconds < 0 || e.Time.Nanos is < 0 or > 999_999_999
            || e.Time.Seconds > (nowMs + MaxAheadMs) / 1000 || TimeMs(e.Time) > nowMs + MaxAheadMs
            || e.Type == EventTypeTable.ProbeAnswer || e.Source.Length > 0 || e.Value is not null || e.Properties.Count > 0 || e.Context is not null || e.Traits.Count > 0
            || e.Topics.Count > FieldChecks.MaxTopics
            || !Enum.IsDefined(e.Channel) || !Enum.IsDefined(e.Kind) || !Enum.IsDefined(e.Visibility))
        {
            return false;
        }

        for (int i = 0; i < e.Topics.Count; i++)
        {
            TopicWeight topic = e.Topics[i];
            if (!FieldChecks.IsText(topic.Topic, 1, FieldChecks.MaxIdBytes) || !(topic.Weight > 0 && topic.Weight <= FieldChecks.MaxWeight))
            {
                return false;
            }
        }

        return true;
    }

    private static List<Fault> Faults(FootprintEvent e, string at, long nowMs)
    {
        var faults = new List<Fault>();
        int bytes = e.CalculateSize();
        if (bytes > MaxEventBytes)
        {
            faults.Add(new Fault(at, $"has {bytes} bytes", $"at most {MaxEventBytes} bytes"));
            return faults;
        }

        faults.Id($"{at}.eventId", e.EventId);
        faults.Id($"{at}.clientId", e.ClientId);
        faults.Name($"{at}.type", e.Type);
        faults.OptionalId($"{at}.itemId", e.ItemId);
        faults.Text($"{at}.source", e.Source, 64);
        CheckTime(faults, $"{at}.time", e.Time, nowMs);
        faults.Topics($"{at}.topics", e.Topics);
        faults.Attributes($"{at}.properties", e.Properties);
        faults.Channel($"{at}.channel", e.Channel);
        faults.Known($"{at}.kind", e.Kind, "PASSIVE or ACTIVE");
        faults.Known($"{at}.visibility", e.Visibility, "PUBLIC or PRIVATE");
        faults.Context($"{at}.context", e.Context);
        CheckValue(faults, $"{at}.value", e.Value);
        if (e.Type == EventTypeTable.ProbeAnswer)
        {
            ProbeAnswer.Check(faults, at, e);
        }

        faults.Size($"{at}.traits", e.Traits.Count, 0, MaxTraits);
        for (int i = 0; i < Math.Min(e.Traits.Count, MaxTraits); i++)
        {
            faults.Name($"{at}.traits[{i}].name", e.Traits[i].Name);
            faults.Text($"{at}.traits[{i}].value", e.Traits[i].Value, 256);
            faults.Text($"{at}.traits[{i}].category", e.Traits[i].Category, 64);
        }

        return faults;
    }

    private static List<Fault> Faults(Outcome outcome, string at, long nowMs)
    {
        var faults = new List<Fault>();
        faults.Id($"{at}.outcomeId", outcome.OutcomeId);
        faults.OptionalId($"{at}.decisionId", outcome.DecisionId);
        faults.Id($"{at}.clientId", outcome.ClientId);
        int targets = (outcome.ItemId.Length > 0 ? 1 : 0) + (outcome.CampaignId.Length > 0 ? 1 : 0) + (outcome.LineItemId.Length > 0 ? 1 : 0);
        if (targets != 1)
        {
            faults.Add(new Fault($"{at}.itemId", "says what was shown", "exactly one of itemId, campaignId and lineItemId"));
        }

        faults.OptionalId($"{at}.itemId", outcome.ItemId);
        faults.OptionalId($"{at}.campaignId", outcome.CampaignId);
        faults.OptionalId($"{at}.lineItemId", outcome.LineItemId);
        if (outcome.Kind is < Outcome.Types.Kind.Impression or > Outcome.Types.Kind.Dismissal)
        {
            faults.Add(new Fault($"{at}.kind", "is missing or unknown", "IMPRESSION, CLICK, CONVERSION or DISMISSAL"));
        }

        if (!double.IsFinite(outcome.Reward) || Math.Abs(outcome.Reward) > MaxAmount)
        {
            faults.Add(new Fault($"{at}.reward", $"is {outcome.Reward}", $"-{MaxAmount:R} to {MaxAmount:R}"));
        }

        CheckTime(faults, $"{at}.time", outcome.Time, nowMs);
        return faults;
    }

    private static void CheckValue(List<Fault> faults, string field, Footprint.Grid.V1.Value? value)
    {
        if (value is null)
        {
            return;
        }

        if (!double.IsFinite(value.Amount) || Math.Abs(value.Amount) > MaxAmount)
        {
            faults.Add(new Fault($"{field}.amount", $"is {value.Amount}", $"-{MaxAmount:R} to {MaxAmount:R}"));
        }

        if (value.Currency.Length > 0 && (value.Currency.Length != 3 || value.Currency.AsSpan().ContainsAnyExceptInRange('A', 'Z')))
        {
            faults.Add(new Fault($"{field}.currency", "is not a currency", "three capitals, ISO 4217"));
        }
    }

    private static Timestamp ToTimestamp(long ms) => new() { Seconds = ms / 1000, Nanos = (int)(ms % 1000) * 1_000_000 };
}
