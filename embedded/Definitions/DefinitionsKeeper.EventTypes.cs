using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Definitions;

internal sealed partial class DefinitionsKeeper
{
    public async ValueTask<UpsertEventTypesResponse> UpsertEventTypesAsync(UpsertEventTypesRequest request, CallContext call)
    {
        DefinitionsValidator.Check(request);
        var rows = new List<DefinitionRow>(request.EventTypes.Count);
        foreach (EventType row in request.EventTypes)
        {
            rows.Add(Row(DefinitionKind.EventType, row.Type, row));
        }

        return new UpsertEventTypesResponse { Version = await ChangeAsync(call, rows, d => d with { EventTypes = d.EventTypes.With(request.EventTypes) }) };
    }

    public ValueTask<EventType> GetEventTypeAsync(GetEventTypeRequest request, CallContext call) =>
        new(Current(call).EventTypes.Find(request.Type) ?? throw NotFound("event type", request.Type));

    public ValueTask<ListEventTypesResponse> ListEventTypesAsync(ListEventTypesRequest request, CallContext call)
    {
        (int size, string after) = Page(request.PageSize, request.PageToken);
        TenantDefinitions definitions = Current(call);
        IReadOnlyList<EventType> page = definitions.EventTypes.Page(after, size + 1);
        var response = new ListEventTypesResponse { Version = definitions.Version };
        response.EventTypes.AddRange(page.Take(size));
        response.NextPageToken = page.Count > size ? page[size - 1].Type : "";
        return new(response);
    }

    public async ValueTask<DeleteEventTypeResponse> DeleteEventTypeAsync(DeleteEventTypeRequest request, CallContext call)
    {
        string id = request.Type;
        ulong version = await ChangeAsync(
            call,
            [Row(DefinitionKind.EventType, id, null)],
            d => d.EventTypes.Find(id) is null ? throw NotFound("event type", id) : d with { EventTypes = d.EventTypes.Without(id) });
        return new DeleteEventTypeResponse { Version = version };
    }
}
