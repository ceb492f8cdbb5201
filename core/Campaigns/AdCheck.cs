using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using static Footprint.Grid.Core.Campaigns.CampaignLimits;
using Enum = System.Enum;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>The checks of one campaign or line item. Names of fields are only put together for a fault.</summary>
internal readonly struct AdCheck(ICollection<Fault> faults, string list, int index)
{
    // The years 1 to 9999, as protobuf's Timestamp has it.
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;
    private const int MaxNanos = 999_999_999;

    public void Id(string id, string field, HashSet<string>? seen)
    {
        if (!IsId(id))
        {
            RefuseId(field);
        }
        else if (seen?.Add(id) == false)
        {
            Add(field, "comes twice in the request.");
        }
    }

    public void Name(string name)
    {
        if (!FieldChecks.IsText(name, 0, MaxNameBytes))
        {
            Add(".name", $"must be at most {MaxNameBytes} bytes without control characters.", $"{MaxNameBytes} bytes");
        }
    }

    public void Placements(RepeatedField<string> placements)
    {
        if (placements.Count > MaxPlacements)
        {
            Add(".placements", $"must be at most {MaxPlacements}.", $"{MaxPlacements}");
            return;
        }

        for (int i = 0; i < placements.Count; i++)
        {
            if (!IsId(placements[i]))
            {
                RefuseId($".placements[{i}]");
            }
        }
    }

    public void Topics(RepeatedField<TopicWeight> topics)
    {
        if (topics.Count > MaxTopics)
        {
            Add(".topics", $"must be at most {MaxTopics}.", $"{MaxTopics}");
            return;
        }

        for (int i = 0; i < topics.Count; i++)
        {
            if (!IsId(topics[i].Topic))
            {
                RefuseId($".topics[{i}].topic");
            }

            // Written so that NaN fails too.
            if (!(topics[i].Weight > 0 && topics[i].Weight <= MaxTopicWeight))
            {
                Add($".topics[{i}].weight", $"must be more than 0 and at most {MaxTopicWeight}.", $"0..{MaxTopicWeight}");
            }
        }
    }

    public void Schedule(Timestamp? start, Timestamp? end)
    {
        bool sound = Time(start, ".startTime") & Time(end, ".endTime");
        if (sound && start is not null && end is not null && start.CompareTo(end) >= 0)
        {
            Add(".endTime", "must be after startTime.");
        }
    }

    public void Caps(RepeatedField<FrequencyCap> caps)
    {
        if (caps.Count > MaxCaps)
        {
            Add(".frequencyCaps", $"must be at most {MaxCaps}.", $"{MaxCaps}");
            return;
        }

        for (int i = 0; i < caps.Count; i++)
        {
            if (caps[i].Count is < 1 or > MaxCapCount)
            {
                Add($".frequencyCaps[{i}].count", $"must be 1 to {MaxCapCount}.", $"1..{MaxCapCount}");
            }

            if (!IsWindow(caps[i].Window))
            {
                Add($".frequencyCaps[{i}].window", "must be one minute to 30 days.", $"{MinWindowSeconds}s..{MaxWindowSeconds}s");
            }
        }
    }

    public void Bid(double bid)
    {
        if (!(bid >= 0 && bid <= MaxBid))
        {
            Add(".bid", "must be 0 to 1e9.", "0..1e9");
        }
    }

    public void Budget(CampaignBudget? budget, double bid)
    {
        if (budget is null)
        {
            return;
        }

        if (budget.Currency.Length != 3 || !budget.Currency.All(char.IsAsciiLetterUpper))
        {
            Add(".budget.currency", "must be three capitals as in ISO 4217.", "3 capitals");
        }

        if (!Enum.IsDefined(budget.Pacing))
        {
            Add(".budget.pacing", $"is {budget.Pacing:D}, which is unknown.", "EVEN or AS_SOON_AS_POSSIBLE");
        }

        Amount(".budget.total", budget.Total, MaxBudget);
        Amount(".budget.daily", budget.Daily, MaxBudget);
        Amount(".budget.pricePerImpression", budget.PricePerImpression, MaxBid);
        if (budget is { Total: 0, Daily: 0 })
        {
            Add(".budget", "must have a total or a daily amount.");
        }

        if (budget.PricePerImpression == 0 && bid == 0)
        {
            Add(".budget.pricePerImpression", "must be more than 0 where there is no bid.");
        }

        long price = BudgetTerms.PriceOf(budget, bid);
        Pays(".budget.total", budget.Total, price);
        Pays(".budget.daily", budget.Daily, price);
    }

    public void Rank(int priority, string group)
    {
        if (priority is < 0 or > MaxPriority)
        {
            Add(".priority", $"must be 0 to {MaxPriority}.", $"0..{MaxPriority}");
        }

        if (group.Length > 0 && !IsId(group))
        {
            Add(".competitiveGroup", $"must be at most {MaxIdBytes} bytes without control characters.", $"{MaxIdBytes} bytes");
        }
    }

    private void Amount(string field, double amount, double most)
    {
        if (!(amount >= 0 && amount <= most))
        {
            Add(field, $"must be 0 to {most:g}.", $"0..{most:g}");
        }
    }

    private void Pays(string field, double amount, long price)
    {
        if (amount > 0 && BudgetTerms.Millionths(amount) < price)
        {
            Add(field, "must pay for one impression at least.", "pricePerImpression or more");
        }
    }

    public static bool IsId(string id) => FieldChecks.IsText(id, 1, MaxIdBytes);

    public static bool IsWindow(Duration? window) => window is { Nanos: >= 0 and <= MaxNanos }
        && window.Seconds >= MinWindowSeconds
        && (window.Seconds < MaxWindowSeconds || (window.Seconds == MaxWindowSeconds && window.Nanos == 0));

    private bool Time(Timestamp? time, string field)
    {
        if (time is null or { Seconds: >= MinSeconds and <= MaxSeconds, Nanos: >= 0 and <= MaxNanos })
        {
            return true;
        }

        Add(field, "is not a time of the years 1 to 9999.");
        return false;
    }

    public void Add(string field, string message, string limit = "")
    {
        string where = $"{list}[{index}]{field}";
        faults.Add(new Fault(where, $"{where} {message}", limit));
    }

    private void RefuseId(string field) => Add(field, $"must be 1 to {MaxIdBytes} bytes without control characters.", $"1..{MaxIdBytes} bytes");
}
