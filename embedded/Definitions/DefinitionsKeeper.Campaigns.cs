using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Definitions;

internal sealed partial class DefinitionsKeeper
{
    public async ValueTask<UpsertCampaignsResponse> UpsertCampaignsAsync(UpsertCampaignsRequest request, CallContext call)
    {
        DefinitionsValidator.Check(request);
        var rows = new List<DefinitionRow>(request.Campaigns.Count);
        foreach (Campaign row in request.Campaigns)
        {
            rows.Add(Row(DefinitionKind.Campaign, row.CampaignId, row));
        }

        return new UpsertCampaignsResponse { Version = await ChangeAsync(call, rows, d => d with { Campaigns = d.Campaigns.With(request.Campaigns) }) };
    }

    public ValueTask<Campaign> GetCampaignAsync(GetCampaignRequest request, CallContext call) =>
        new(Current(call).Campaigns.Find(request.CampaignId) ?? throw NotFound("campaign", request.CampaignId));

    public ValueTask<ListCampaignsResponse> ListCampaignsAsync(ListCampaignsRequest request, CallContext call)
    {
        (int size, string after) = Page(request.PageSize, request.PageToken);
        TenantDefinitions definitions = Current(call);
        IReadOnlyList<Campaign> page = definitions.Campaigns.Page(after, size + 1);
        var response = new ListCampaignsResponse { Version = definitions.Version };
        response.Campaigns.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].CampaignId : "";
        return new(response);
    }

    public async ValueTask<DeleteCampaignResponse> DeleteCampaignAsync(DeleteCampaignRequest request, CallContext call)
    {
        string id = request.CampaignId;
        ulong version = await ChangeAsync(
            call,
            [Row(DefinitionKind.Campaign, id, null)],
            d => d.Campaigns.Find(id) is null ? throw NotFound("campaign", id) : d with { Campaigns = d.Campaigns.Without(id) });
        return new DeleteCampaignResponse { Version = version };
    }
}
