using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What was shown at a placement so lately that likes may still come. Without an answer a pick of age a counts as not liked
/// as far as a like would have come by now: as F(a) of a pick, F being the <see cref="DelayCurve"/> of the placement's
/// likes. For a pick that is liked with chance p is known to be liked by then with chance p F(a), so sums in which every pick
/// counts F(a), liked or not, have the right p in the mean (exposure in survival analysis; delayed feedback as Chapelle, KDD 2014,
/// has it, with F found by counting instead of an exponential, and sums instead of gradients). Totals hold every pick in
/// full; what is kept here is only how much of them is how old, in slots that are a quarter of their age long, by the
/// minute while they are new, some fifty of 2 KB for seven days; of items each keeps its own (<see cref="YoungShown"/>). One caller at a time.
/// </summary>
internal sealed class YoungPicks
{
    private const int PartOfAge = 4;
    private const long MinuteMs = 60_000;

    // From so many likes on what comes later than this part of them is not waited for, some time afterwards.
    private const double LeastLikes = 30;
    private const double Over = 0.995;
    private const double Margin = 2;

    // What is missing less than that counts in full.
    private const double LeastMissing = 1e-3;

    private readonly List<YoungSlot> _slots = [];

    // As of the last count: when that was, by when likes come, and after which age nothing is waited for.
    private double _now;
    private DelayCurve _delays = DelayCurve.None;
    private double _over = OutcomeDelays.MostMinutes;

    /// <summary>The placement's sums as far as they count, as of the last <see cref="Count"/>.</summary>
    public double[] Counted { get; } = new double[PlacementLayout.Count];

    public static int Minute(long timeMs) => (int)(timeMs / MinuteMs);

    public static long StartOf(int minute) => minute * MinuteMs;

    /// <summary>Counts picks of a placement in that minute: the part of its sums that is of what was shown.</summary>
    public void Add(int minute, ReadOnlySpan<double> sums, double part)
    {
        if (Find(minute, sums[PlacementLayout.Products]) is not { } slot)
        {
            return;
        }

        ReadOnlySpan<int> places = PlacementLayout.OfShown;
        for (int i = 0; i < places.Length; i++)
        {
            slot.Sums[i] += part * sums[places[i]];
        }
    }

    /// <summary>How much of a pick that was shown in that minute did not count at the last <see cref="Count"/>: 0 to 1.</summary>
    public double Missing(int minute) => MissingAt(Math.Max(0, _now - minute - 0.5));

    /// <summary>Whether nothing is waited for that was shown in that minute.</summary>
    public bool IsOver(int minute) => _now - minute > _over;

    /// <summary>Finds out how far what was shown counts by now. Its work goes by the number of slots.</summary>
    public void Count(long nowMs, ReadOnlySpan<double> sums, double decay)
    {
        _now = (double)nowMs / MinuteMs;
        Settle((int)_now);
        _delays = Delays(_now, sums);
        double likes = 0;
        foreach (double some in sums[PlacementLayout.Delays..])
        {
            likes += some * decay;
        }

        _over = likes < LeastLikes ? OutcomeDelays.MostMinutes : Margin * _delays.Quantile(Over);
        while (_slots.Count > 0 && _now - _slots[0].End > _over)
        {
            _slots.RemoveAt(0);
        }

        sums.CopyTo(Counted);
        ReadOnlySpan<int> places = PlacementLayout.OfShown;
        foreach (YoungSlot slot in _slots)
        {
            double missing = MissingAt(slot.Age(_now));
            for (int i = 0; i < places.Length && missing > 0; i++)
            {
                Counted[places[i]] -= missing * slot.Sums[i];
            }
        }
    }

    /// <summary>Makes one of slots that are short for their age, and drops those of which nothing can come any more.</summary>
    public void Settle(int now)
    {
        while (_slots.Count > 0 && now - _slots[0].End > OutcomeDelays.MostMinutes)
        {
            _slots.RemoveAt(0);
        }

        for (int i = 0; i < _slots.Count; i++)
        {
            // A power of two, so that whoever does this at whatever time gets slots of which one holds the other.
            int length = 1 << int.Log2(Math.Max(1, (now - _slots[i].End) / PartOfAge));
            int start = _slots[i].Start / length * length;
            int end = start + length;
            int others = i + 1;
            while (others < _slots.Count && _slots[others].End <= end)
            {
                others++;
            }

            if (others > i + 1)
            {
                var whole = new YoungSlot(start, end);
                for (int other = i; other < others; other++)
                {
                    whole.Add(_slots[other]);
                }

                _slots.RemoveRange(i, others - i);
                _slots.Insert(i, whole);
            }
        }
    }

    public void Clear() => _slots.Clear();

    public void Scale(double factor) => _slots.ForEach(slot => slot.Scale(factor));

    /// <summary>What it knows of the placement's sums, for a store.</summary>
    public void Save(StoredOutcomes to)
    {
        foreach (YoungSlot slot in _slots)
        {
            if (slot.Sums[PlacementLayout.Products] is > 0 and var shown)
            {
                to.YoungMinutes.Add(slot.Start + ((slot.End - slot.Start) / 2));
                to.Young.Add((float)shown);
            }
        }
    }

    private double MissingAt(double age)
    {
        double missing = 1 - _delays.At(age);
        return missing < LeastMissing ? 0 : missing;
    }

    // Of what is not here any more nothing is to be taken back.
    private YoungSlot? Find(int minute, double shown)
    {
        (int low, int high) = (0, _slots.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _slots[middle].End <= minute ? (middle + 1, high) : (low, middle);
        }

        if (low < _slots.Count && _slots[low].Start <= minute)
        {
            return _slots[low];
        }

        if (!(shown > 0) || minute is < 0 or int.MaxValue)
        {
            return null;
        }

        _slots.Insert(low, new YoungSlot(minute, minute + 1));
        return _slots[low];
    }

    private DelayCurve Delays(double now, ReadOnlySpan<double> sums)
    {
        Span<double> exposed = stackalloc double[OutcomeDelays.Count];
        double all = Math.Max(sums[PlacementLayout.Products], double.Epsilon);
        for (int k = 0; k < exposed.Length; k++)
        {
            double tooYoung = 0;
            foreach (YoungSlot slot in _slots)
            {
                double length = OutcomeDelays.End(k) - OutcomeDelays.Start(k);
                tooYoung += slot.Sums[PlacementLayout.Products] * Math.Clamp((OutcomeDelays.End(k) - slot.Age(now)) / length, 0, 1);
            }

            exposed[k] = k == 0 ? 1 : 1 - (tooYoung / all);
        }

        return DelayCurve.Of(sums[PlacementLayout.Delays..], exposed);
    }
}
