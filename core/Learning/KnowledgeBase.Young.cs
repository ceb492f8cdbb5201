using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning;

/// <summary>What was shown lately and may still be liked, beside the sums that it is in.</summary>
public sealed partial class KnowledgeBase
{
    private readonly YoungPicks.Room _youngRoom = new();
    private int _settledMinute;

    private static StoredOutcomes Saved(PlacementModel model)
    {
        var stored = new StoredOutcomes { Placement = model.Placement, Sums = { model.Sums } };
        model.Young.Save(stored);
        return stored;
    }

    private static void ForgetYoung(LearnedItem item)
    {
        for (int row = 0; row < item.Outcomes?.Count; row++)
        {
            item.Outcomes.Model(row).Young.Remove(item, item.Outcomes.Channel(row));
        }
    }

    // Who only adds up entries never publishes.
    private void SettleYoung(long nowMs)
    {
        int minute = YoungPicks.Minute(nowMs);
        if (minute > _settledMinute)
        {
            _settledMinute = minute;
            foreach (PlacementModel model in _placements.Values)
            {
                model.Young.Settle(minute);
            }
        }
    }
}
