using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Consent.Tcf;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Checks what a request means; throws <see cref="GridException"/> with every fault found.</summary>
public static class RequestValidator
{
    private const int MaxLanguageBytes = 64;
    public const int MaxPicks = 100;
    public const int MaxListed = 1000;
    private const int MaxConsents = 100;
    private const int MaxDeadlineMs = 60_000;

    /// <summary>The size of a batch; each event in it is judged by itself.</summary>
    public static void Check(RecordRequest request) => CheckBatch("events", request.Events.Count, request.Ack);

    /// <summary>Likewise of a batch of outcomes.</summary>
    public static void Check(ReportOutcomesRequest request) => CheckBatch("outcomes", request.Outcomes.Count, request.Ack);

    public static void Check(PickContentRequest request)
    {
        // The common request passes without a list or a path being made.
        if (FieldChecks.IsText(request.ClientId, 0, FieldChecks.MaxIdBytes)
            && FieldChecks.IsText(request.Placement, 1, FieldChecks.MaxIdBytes)
            && AreInRange(request.Count, request.DeadlineMs)
            && request.Context is null && request.Filter is null && request.Recipient.Length == 0 && request.Language.Length == 0
            && AreIds(request.Candidates) && AreIds(request.Exclude))
        {
            return;
        }

        var faults = new List<Fault>();
        CheckDecision(faults, request.ClientId, request.Recipient, request.Placement, request.Count, request.DeadlineMs, request.Context);
        CheckIds(faults, "candidates", request.Candidates);
        CheckIds(faults, "exclude", request.Exclude);
        faults.Text("language", request.Language, MaxLanguageBytes);
        if (request.Filter is not null && ConditionCache.Shared.Find(request.Filter) is null)
        {
            Condition.Compile(request.Filter, faults, "filter");
        }

        Throw(faults);
    }

    internal static bool AreInRange(int count, int deadlineMs) => (uint)count <= MaxPicks && (uint)deadlineMs <= MaxDeadlineMs;

    public static void Check(TargetAdsRequest request)
    {
        var faults = new List<Fault>();
        CheckDecision(faults, request.ClientId, request.Recipient, request.Placement, request.Count, request.DeadlineMs, request.Context);
        CheckIds(faults, "campaigns", request.Campaigns);
        faults.Text("language", request.Language, MaxLanguageBytes);
        CampaignValidator.CheckLineItems(request, faults);
        Throw(faults);
    }

    public static void Check(LinkRequest request) => CheckPair(request.ClientId, request.AnonymousId);

    public static void Check(UnlinkRequest request) => CheckPair(request.ClientId, request.AnonymousId);

    public static void Check(SetConsentsRequest request)
    {
        var faults = new List<Fault>();
        faults.Id("clientId", request.ClientId);
        int least = request.TcfString.Length > 0 || request.Replace || request.Country.Length > 0 ? 0 : 1;
        faults.Size("consents", request.Consents.Count, least, MaxConsents);
        if (request.Country.Length > 0 && !FieldChecks.IsCountry(request.Country))
        {
            faults.Add(new Fault("country", "is not a country's code", "two capitals, ISO 3166-1"));
        }

        CheckTcf(faults, request);
        for (int i = 0; i < Math.Min(request.Consents.Count, MaxConsents); i++)
        {
            var consent = request.Consents[i];
            string at = $"consents[{i}]";
            faults.Token($"{at}.purpose", consent.Purpose);
            if (consent.Category is not ("" or "*"))
            {
                if (CategoryNames.Parse(consent.Category) == DataCategories.None)
                {
                    faults.Add(new Fault($"{at}.category", "is no data category", CategoryNames.Listed));
                }
            }

            faults.OptionalId($"{at}.recipient", consent.Recipient);
            faults.Text($"{at}.source", consent.Source, FieldChecks.MaxIdBytes);
            if (ConsentSources.IsReserved(consent.Source))
            {
                faults.Add(new Fault($"{at}.source", "is kept for what the server itself takes down", ConsentSources.Limit));
            }

            faults.Text($"{at}.textVersion", consent.TextVersion, FieldChecks.MaxIdBytes);
            if (consent.Decision is V1.Consent.Types.Decision.Unspecified || !Enum.IsDefined(consent.Decision))
            {
                faults.Add(new Fault($"{at}.decision", "is missing or unknown", "ALLOW, DENY or WITHDRAWN"));
            }

            if (consent.Time is not null)
            {
                faults.Time($"{at}.time", consent.Time, out _);
            }
        }

        Throw(faults);
    }

    /// <summary>What was said can not have been said later than now, but for what clocks differ.</summary>
    public static void CheckTimes(SetConsentsRequest request, long nowMs)
    {
        var faults = new List<Fault>();
        for (int i = 0; i < request.Consents.Count; i++)
        {
            if (request.Consents[i].Time is { } time)
            {
                EventIntake.CheckTime(faults, $"consents[{i}].time", time, nowMs);
            }
        }

        Throw(faults);
    }

    public static void Check(ConfirmInterestRequest request)
    {
        var faults = new List<Fault>();
        faults.Id("clientId", request.ClientId);
        if (request.Trait.Length > 0)
        {
            faults.Name("trait", request.Trait);
        }

        if (request.Trait.Length == 0 || request.Topic.Length > 0)
        {
            faults.Id("topic", request.Topic);
        }

        if (request.Trait.Length > 0 && request.Topic.Length > 0)
        {
            faults.Add(new Fault("trait", "stands beside a topic", "topic or trait"));
        }

        if (request.Value.Length > 0 && request.Trait.Length == 0)
        {
            faults.Add(new Fault("value", "stands without a trait", "a trait, or no value"));
        }

        faults.Text("value", request.Value, 256);
        if (request.Answer is not (ConfirmInterestRequest.Types.Answer.Confirm or ConfirmInterestRequest.Types.Answer.Reject))
        {
            faults.Add(new Fault("answer", "is missing or unknown", "CONFIRM or REJECT"));
        }

        faults.Text("source", request.Source, 64);
        faults.Channel("channel", request.Channel);
        Throw(faults);
    }

    public static void Check(GetProfileRequest request) => CheckHanded(request.ClientId, request.Recipient, request.Purpose);

    public static void Check(ExportRequest request) => CheckHanded(request.ClientId, request.Recipient, request.Purpose);

    /// <summary>A client id on its own: 1 to 128 bytes.</summary>
    public static void CheckClientId(string clientId)
    {
        var faults = new List<Fault>();
        faults.Id("clientId", clientId);
        Throw(faults);
    }

    private static void CheckPair(string clientId, string anonymousId)
    {
        var faults = new List<Fault>();
        faults.Id("clientId", clientId);
        faults.Id("anonymousId", anonymousId);
        if (faults.Count == 0 && clientId == anonymousId)
        {
            faults.Add(new Fault("anonymousId", "is the client itself", "another id than clientId"));
        }

        Throw(faults);
    }

    private static void CheckTcf(List<Fault> faults, SetConsentsRequest request)
    {
        try
        {
            _ = request.TcfString.Length > 0 ? TcfString.Parse(request.TcfString) : null;
        }
        catch (TcfException e)
        {
            faults.Add(new Fault("tcfString", e.Message, e.Limit));
        }

        faults.Size("tcfVendors", request.TcfVendors.Count, 0, request.TcfString.Length > 0 ? TcfConsents.MaxVendors : 0);
        for (int i = 0; i < Math.Min(request.TcfVendors.Count, TcfConsents.MaxVendors); i++)
        {
            faults.Range($"tcfVendors[{i}]", request.TcfVendors[i], 1, TcfConsents.MaxVendor);
        }
    }

    private static void CheckHanded(string clientId, string recipient, string purpose)
    {
        var faults = new List<Fault>();
        faults.Id("clientId", clientId);
        faults.OptionalId("recipient", recipient);
        if (purpose.Length > 0)
        {
            faults.Token("purpose", purpose);
        }

        Throw(faults);
    }

    private static void CheckBatch(string field, int count, RecordRequest.Types.Ack ack)
    {
        if (count is 0 or > EventIntake.MaxBatch || !Enum.IsDefined(ack))
        {
            var faults = new List<Fault>();
            faults.Size(field, count, 1, EventIntake.MaxBatch);
            faults.Known("ack", ack, "APPLIED or DURABLE");
            Throw(faults);
        }
    }

    private static void CheckDecision(
        List<Fault> faults, string clientId, string recipient, string placement, int count, int deadlineMs, Context? context)
    {
        faults.OptionalId("clientId", clientId);
        faults.OptionalId("recipient", recipient);
        faults.Id("placement", placement);
        faults.Range("count", count, 0, MaxPicks);
        faults.Range("deadlineMs", deadlineMs, 0, MaxDeadlineMs);
        faults.Context("context", context);
    }

    private static void CheckIds(List<Fault> faults, string field, Google.Protobuf.Collections.RepeatedField<string> ids)
    {
        faults.Size(field, ids.Count, 0, MaxListed);
        for (int i = 0; i < Math.Min(ids.Count, MaxListed); i++)
        {
            if (!FieldChecks.IsText(ids[i], 1, FieldChecks.MaxIdBytes))
            {
                faults.Id($"{field}[{i}]", ids[i]);
            }
        }
    }

    private static bool AreIds(Google.Protobuf.Collections.RepeatedField<string> ids)
    {
        for (int i = 0; i < ids.Count; i++)
        {
            if (!FieldChecks.IsText(ids[i], 1, FieldChecks.MaxIdBytes))
            {
                return false;
            }
        }

        return ids.Count <= MaxListed;
    }

    private static void Throw(List<Fault> faults)
    {
        if (faults.Count > 0)
        {
            throw new GridException(faults);
        }
    }
}
