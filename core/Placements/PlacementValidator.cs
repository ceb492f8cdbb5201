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

    private static void CheckLearning(Placement placement, string at, List<Fault> faults)
    {
        if (placement.Learning is < Placement.Types.Learning.Off or > Placement.Types.Learning.Explore)
        {
            faults.Add(new Fault($"{at}.learning", "is unknown", "OFF, OBSERVE or EXPLORE"));
        }

        for (int i = 0; i < placement.Liked.Count; i++)
        {
            if (placement.Liked[i] is not (Placement.Types.Liked.Click or Placement.Types.Liked.Conversion) || placement.Liked.IndexOf(placement.Liked[i]) < i)
            {
                faults.Add(new Fault($"{at}.liked[{i}]", "is unknown or there twice", "CLICK and CONVERSION, each once"));
                break;
            }
        }
    }

    private static void Check(Placement placement, string at, List<Fault> faults)
    {
        faults.Id($"{at}.placementId", placement.PlacementId);
        faults.Text($"{at}.name", placement.Name, MaxNameBytes);
        CheckLearning(placement, at, faults);
    }
}
