using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Definitions;

/// <summary>Checks what definitions mean; throws <see cref="Engine.GridException"/> with every fault found.</summary>
public static class DefinitionsValidator
{
    public static void Check(UpsertItemsRequest request) => throw new NotSupportedException();

    public static void Check(UpsertCampaignsRequest request) => throw new NotSupportedException();

    public static void Check(UpsertEventTypesRequest request) => throw new NotSupportedException();
}
