using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Definitions;

internal sealed partial class DefinitionsKeeper : IDefinitionsEngine
{
    public async ValueTask<UpsertItemsResponse> UpsertItemsAsync(UpsertItemsRequest request, CallContext call)
    {
        DefinitionsValidator.Check(request);
        var rows = new List<DefinitionRow>(request.Items.Count);
        foreach (Item item in request.Items)
        {
            rows.Add(Row(DefinitionKind.Item, item.ItemId, item));
        }

        return new UpsertItemsResponse { Version = await ChangeAsync(call, new DefinitionsEdit(rows, null, request.Items, call.Deadline)) };
    }

    public ValueTask<Item> GetItemAsync(GetItemRequest request, CallContext call) =>
        new(Current(call).Items.Find(request.ItemId) ?? throw NotFound("item", request.ItemId));

    public ValueTask<ListItemsResponse> ListItemsAsync(ListItemsRequest request, CallContext call)
    {
        (int size, string after) = Page(request.PageSize, request.PageToken);
        TenantDefinitions definitions = Current(call);
        IReadOnlyList<Item> page = definitions.Items.Page(after, size + 1);
        var response = new ListItemsResponse { Version = definitions.Version };
        response.Items.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].ItemId : "";
        return new(response);
    }

    public async ValueTask<DeleteItemResponse> DeleteItemAsync(DeleteItemRequest request, CallContext call)
    {
        string id = request.ItemId;
        ulong version = await ChangeAsync(
            call,
            [Row(DefinitionKind.Item, id, null)],
            d => d.Items.Find(id) is null ? throw NotFound("item", id) : d with { Items = d.Items.Without(id) });
        return new DeleteItemResponse { Version = version };
    }
}
