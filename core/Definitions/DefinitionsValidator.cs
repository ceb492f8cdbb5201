using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Placements;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Definitions;

/// <summary>Checks what definitions mean; throws <see cref="GridException"/> with every fault found.</summary>
public static class DefinitionsValidator
{
    public const int MaxBatch = 1000;
    private const double LeastHalfLifeSeconds = 60;
    private const double MostHalfLifeSeconds = 10 * 365.25 * 86400;

    public static void Check(UpsertItemsRequest request)
    {
        var faults = new List<Fault>();
        faults.Size("items", request.Items.Count, 1, MaxBatch);
        for (int i = 0; i < Math.Min(request.Items.Count, MaxBatch); i++)
        {
            Check(request.Items[i], $"items[{i}]", faults);
        }

        Throw(faults);
    }

    public static void Check(UpsertCampaignsRequest request) => Check(request, CampaignValidator.Check);

    public static void Check(UpsertEventTypesRequest request)
    {
        var faults = new List<Fault>();
        faults.Size("eventTypes", request.EventTypes.Count, 1, MaxBatch);
        for (int i = 0; i < Math.Min(request.EventTypes.Count, MaxBatch); i++)
        {
            Check(request.EventTypes[i], $"eventTypes[{i}]", faults);
        }

        Throw(faults);
    }

    public static void Check(UpsertPlacementsRequest request) => Check(request, PlacementValidator.Check);

    public static void Check(UpsertSegmentsRequest request) => Check(request, SegmentValidator.Check);

    public static void Check(UpsertProbesRequest request) => Check(request, ProbeValidator.Check);

    private static void Check<T>(T request, Action<T, List<Fault>> check)
    {
        var faults = new List<Fault>();
        check(request, faults);
        Throw(faults);
    }

    private static void Check(Item item, string at, List<Fault> faults)
    {
        faults.Id($"{at}.itemId", item.ItemId);
        faults.Topics($"{at}.topics", item.Topics);
        faults.Attributes($"{at}.attributes", item.Attributes);
        faults.Text($"{at}.title", item.Title);
        faults.Text($"{at}.url", item.Url);
        long publishMs = 0;
        bool published = item.PublishTime is not null && faults.Time($"{at}.publishTime", item.PublishTime, out publishMs);
        if (item.ExpireTime is not null && faults.Time($"{at}.expireTime", item.ExpireTime, out long expireMs)
            && published && expireMs <= publishMs)
        {
            faults.Add(new Fault($"{at}.expireTime", "is not after publishTime", "later than publishTime"));
        }
    }

    private static void Check(EventType row, string at, List<Fault> faults)
    {
        faults.Name($"{at}.type", row.Type);
        if (!(Math.Abs(row.Weight) <= FieldChecks.MaxWeight))
        {
            faults.Add(new Fault($"{at}.weight", $"is {row.Weight}", $"-{FieldChecks.MaxWeight} to {FieldChecks.MaxWeight}"));
        }

        faults.Known($"{at}.kind", row.Kind, "PASSIVE or ACTIVE");
        double seconds = row.HalfLifeSeconds();
        if (!(seconds >= LeastHalfLifeSeconds && seconds <= MostHalfLifeSeconds))
        {
            faults.Add(new Fault($"{at}.halfLife", row.HalfLife is null ? "is missing" : $"is {seconds} s", "one minute to ten years"));
        }
    }

    private static void Throw(List<Fault> faults)
    {
        if (faults.Count > 0)
        {
            throw new GridException(faults);
        }
    }
}
