using Footprint.Grid.Core.Catalog;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Makes messages of picks.</summary>
internal static class PickMessages
{
    public static void Write(PickList picks, CatalogSnapshot catalog, SpareMessages spares, PickContentResponse response)
    {
        spares.Resize(response.Picks, picks.Count);
        for (int i = 0; i < picks.Count; i++)
        {
            ref readonly PickList.Pick from = ref picks[i];
            Pick pick = response.Picks[i];
            pick.ItemId = catalog.Ids.Name(from.Slot);
            pick.Score = from.Score;
            pick.MatchPercent = MatchPercent.Of(from.Score);
            pick.Calibrated = false;
            pick.Propensity = 0;
            ReadOnlySpan<PickList.Reason> reasons = picks.ReasonsOf(from);
            for (int r = 0; r < reasons.Length; r++)
            {
                Reason reason = spares.At(pick.Reasons, r);
                reason.Kind = reasons[r].Kind;
                reason.Key = reasons[r].Key < 0 ? "" : (reasons[r].Kind == Reason.Types.Kind.CoVisit ? catalog.Ids : catalog.Topics).Name(reasons[r].Key);
                reason.Contribution = reasons[r].Contribution;
                reason.Text = "";
            }

            spares.Cut(pick.Reasons, reasons.Length);
        }
    }
}
