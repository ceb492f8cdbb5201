using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
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

    public static Probe Probe(this TenantDefinitions definitions, string id) =>
        definitions.Probes.Find(id) ?? throw NotFound("probe", id);

    public static ListItemsResponse List(this TenantDefinitions definitions, ListItemsRequest request)
    {
        var response = new ListItemsResponse { Version = definitions.Version };
        response.NextPageToken = Fill(response.Items, request.PageSize, size => definitions.Items.Page(request.PageToken, size), row => row.ItemId);
        return response;
    }

    public static ListCampaignsResponse List(this TenantDefinitions definitions, ListCampaignsRequest request)
    {
        var response = new ListCampaignsResponse { Version = definitions.Version };
        response.NextPageToken = Fill(response.Campaigns, request.PageSize, size => definitions.Campaigns.Page(request.PageToken, size), row => row.CampaignId);
        return response;
    }

    public static ListEventTypesResponse List(this TenantDefinitions definitions, ListEventTypesRequest request)
    {
        var response = new ListEventTypesResponse { Version = definitions.Version };
        response.NextPageToken = Fill(response.EventTypes, request.PageSize, size => definitions.EventTypes.Page(request.PageToken, size), row => row.Type);
        return response;
    }

    public static ListPlacementsResponse List(this TenantDefinitions definitions, ListPlacementsRequest request)
    {
        var response = new ListPlacementsResponse { Version = definitions.Version };
        response.NextPageToken = Fill(response.Placements, request.PageSize, size => definitions.Placements.Page(request.PageToken, size), row => row.PlacementId);
        return response;
    }

    public static ListSegmentsResponse List(this TenantDefinitions definitions, ListSegmentsRequest request)
    {
        var response = new ListSegmentsResponse { Version = definitions.Version };
        response.NextPageToken = Fill(response.Segments, request.PageSize, size => definitions.Segments.Page(request.PageToken, size), row => row.SegmentId);
        return response;
    }

    public static ListProbesResponse List(this TenantDefinitions definitions, ListProbesRequest request)
    {
        var response = new ListProbesResponse { Version = definitions.Version };
        response.NextPageToken = Fill(response.Probes, request.PageSize, size => definitions.Probes.Page(request.PageToken, size), row => row.ProbeId);
        return response;
    }

    // Gives the token of the next page; empty on the last one. One row more than asked for says whether there is another.
    private static string Fill<T>(RepeatedField<T> to, int asked, Func<int, IReadOnlyList<T>> page, Func<T, string> id)
    {
        int size = PageSize(asked);
        IReadOnlyList<T> rows = page(size + 1);
        to.AddRange(rows.Take(size));
        return rows.Count > size ? id(rows[size - 1]) : "";
    }

    private static int PageSize(int asked) =>
        asked is < 0 or > MaxPage
            ? throw new GridException([new Fault("pageSize", $"is {asked}", $"0 to {MaxPage}, {DefaultPage} when absent")])
            : asked == 0 ? DefaultPage : asked;

    private static GridException NotFound(string what, string id) => new(Code.NotFound, $"There is no {what} '{id}'.");
}
