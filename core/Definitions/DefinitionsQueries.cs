using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Core.Definitions;

/// <summary>Reads one definition, or pages of them in the ordinal order of their ids.</summary>
/// <remarks>Throws <see cref="GridException"/>: <c>NOT_FOUND</c>, or <c>INVALID_ARGUMENT</c> for a page size out of range.</remarks>
public static class DefinitionsQueries
{
    private const int DefaultPage = 100;
    private const int MaxPage = 1000;

    public static Item Item(this TenantDefinitions definitions, string id) =>
        definitions.Items.Find(id) ?? throw NotFound("item", id);

    public static Campaign Campaign(this TenantDefinitions definitions, string id) =>
        definitions.Campaigns.Find(id) ?? throw NotFound("campaign", id);

    public static EventType EventType(this TenantDefinitions definitions, string type) =>
        definitions.EventTypes.Find(type) ?? throw NotFound("event type", type);

    public static Placement Placement(this TenantDefinitions definitions, string id) =>
        definitions.Placements.Find(id) ?? throw NotFound("placement", id);

    public static Segment Segment(this TenantDefinitions definitions, string id) =>
        definitions.Segments.Find(id) ?? throw NotFound("segment", id);

    public static ListItemsResponse List(this TenantDefinitions definitions, ListItemsRequest request)
    {
        int size = PageSize(request.PageSize);
        IReadOnlyList<Item> page = definitions.Items.Page(request.PageToken, size + 1);
        var response = new ListItemsResponse { Version = definitions.Version };
        response.Items.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].ItemId : "";
        return response;
    }

    public static ListCampaignsResponse List(this TenantDefinitions definitions, ListCampaignsRequest request)
    {
        int size = PageSize(request.PageSize);
        IReadOnlyList<Campaign> page = definitions.Campaigns.Page(request.PageToken, size + 1);
        var response = new ListCampaignsResponse { Version = definitions.Version };
        response.Campaigns.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].CampaignId : "";
        return response;
    }

    public static ListEventTypesResponse List(this TenantDefinitions definitions, ListEventTypesRequest request)
    {
        int size = PageSize(request.PageSize);
        IReadOnlyList<EventType> page = definitions.EventTypes.Page(request.PageToken, size + 1);
        var response = new ListEventTypesResponse { Version = definitions.Version };
        response.EventTypes.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].Type : "";
        return response;
    }

    public static ListPlacementsResponse List(this TenantDefinitions definitions, ListPlacementsRequest request)
    {
        int size = PageSize(request.PageSize);
        IReadOnlyList<Placement> page = definitions.Placements.Page(request.PageToken, size + 1);
        var response = new ListPlacementsResponse { Version = definitions.Version };
        response.Placements.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].PlacementId : "";
        return response;
    }

    public static ListSegmentsResponse List(this TenantDefinitions definitions, ListSegmentsRequest request)
    {
        int size = PageSize(request.PageSize);
        IReadOnlyList<Segment> page = definitions.Segments.Page(request.PageToken, size + 1);
        var response = new ListSegmentsResponse { Version = definitions.Version };
        response.Segments.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].SegmentId : "";
        return response;
    }

    public static Probe Probe(this TenantDefinitions definitions, string id) =>
        definitions.Probes.Find(id) ?? throw NotFound("probe", id);

    public static ListProbesResponse List(this TenantDefinitions definitions, ListProbesRequest request)
    {
        int size = PageSize(request.PageSize);
        IReadOnlyList<Probe> page = definitions.Probes.Page(request.PageToken, size + 1);
        var response = new ListProbesResponse { Version = definitions.Version };
        response.Probes.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].ProbeId : "";
        return response;
    }

    private static int PageSize(int asked) =>
        asked is < 0 or > MaxPage
            ? throw new GridException([new Fault("pageSize", $"is {asked}", $"0 to {MaxPage}, {DefaultPage} when absent")])
            : asked == 0 ? DefaultPage : asked;

    private static GridException NotFound(string what, string id) => new(Code.NotFound, $"There is no {what} '{id}'.");
}
