using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning;

/// <summary>What was shown lately and may still be liked, beside the sums that it is in.</summary>
public sealed partial class KnowledgeBase
{
    private const long AgeMs = 60_000;

    // Numbers of items that were shown lately, each once; what of them is to be looked at again, and since when.
    private readonly Queue<int> _young = new();
    private bool _hasNewYoung;
    private int _toAge;
    private long _agedMs;
    private int _settledMinute;

    private static StoredOutcomes Saved(PlacementModel model)
    {
        var stored = new StoredOutcomes { Placement = model.Placement, Sums = { model.Sums } };
        model.Young.Save(stored);
        model.Judged.Save(stored);
        return stored;
    }

    // What was shown lately counts more as time goes by: once a minute, so many at each call. Where nothing is shown any more that waits for
    // the look at all items. Gives how many it looked at.
    private int Age(long nowMs)
    {
        if (_toAge == 0 && _hasNewYoung && nowMs - _agedMs >= AgeMs)
        {
            (_toAge, _agedMs, _hasNewYoung) = (_young.Count, nowMs, false);
        }

        int aged = 0;
        for (; _toAge > 0 && aged < OutcomePublisher.AtOnce; _toAge--, aged++)
        {
            int number = _young.Dequeue();
            LearnedItem item = _items[number];
            item.Outcomes?.Age(item);
            item.IsYoung = item.Outcomes is { IsYoung: true };
            if (item.IsYoung)
            {
                _young.Enqueue(number);
            }
        }

        return aged;
    }

    // Who only adds up entries never publishes, and judges when it saves.
    private void JudgeSettled(PlacementModel model)
    {
        if (_settledMinute > 0 && !AdKey.Is(model.Placement))
        {
            long nowMs = YoungPicks.StartOf(_settledMinute);
            model.Young.Count(nowMs, model.Sums, _outcomeDecay.At(nowMs));
            model.Judged.Judge(model.Young.Counted, _outcomeDecay.At(nowMs));
        }
    }

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
