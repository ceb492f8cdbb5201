using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Placements;

/// <summary>Checks what placements mean and gathers every fault, named from <c>placements[i]</c>.</summary>
internal static class PlacementValidator
{
    private const int MaxNameBytes = 256;

    public static void Check(UpsertPlacementsRequest request, List<Fault> faults)
    {
        faults.Size("placements", request.Placements.Count, 1, DefinitionsValidator.MaxBatch);
        for (int i = 0; i < Math.Min(request.Placements.Count, DefinitionsValidator.MaxBatch); i++)
        {
            Check(request.Placements[i], $"placements[{i}]", faults);
        }
    }

    private static void Check(Placement placement, string at, List<Fault> faults)
    {
        faults.Id($"{at}.placementId", placement.PlacementId);
        faults.Text($"{at}.name", placement.Name, MaxNameBytes);
    }
}
