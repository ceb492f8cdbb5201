namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// The places of a placement's sums: the statistics of a linear regression (sums of x x' and of y x, enough for its
/// posterior and additive, so that processes' parts add up), and those of calibration. A pick counts as
/// shown from the moment it is, a like when it comes; how far what was shown lately counts says <see cref="YoungPicks"/>. So
/// no client is waited for, and nothing is lost with one who never comes back.
/// </summary>
internal static class PlacementLayout
{
    private const int D = PickFeatures.Count;

    /// <summary>Sums of x[i] * x[j], j not above i, row by row; the first is the number of picks.</summary>
    public const int Products = 0;

    /// <summary>Sums of y * x[i]; the first is that of y.</summary>
    public const int Responses = D * (D + 1) / 2;

    /// <summary>By bin of the prediction: picks, sum of predictions, likes.</summary>
    public const int Bins = Responses + D;

    /// <summary>A quarter in log odds wide.</summary>
    public const int BinCount = 48;

    /// <summary>By bin of the stated chance, where it is judged: picks, sum of chances, likes.</summary>
    public const int Stated = Bins + (3 * BinCount);

    public const int StatedCount = 20;

    /// <summary>Sums of the stated chance squared, and of it where the pick is liked.</summary>
    public const int Squares = Stated + (3 * StatedCount);

    /// <summary>Likes by how long after they were shown they came, as <see cref="OutcomeDelays"/> numbers it.</summary>
    public const int Delays = Squares + 2;

    public const int Count = Delays + OutcomeDelays.Count;

    private const double LeastLogOdds = -7;
    private const double BinsPerLogOdds = 4;

    private static readonly int[] _ofShown = [.. Enumerable.Range(0, Count).Where(IsOfShown)];

    /// <summary>The places that are of what was shown, and not of what came of it, in order.</summary>
    public static ReadOnlySpan<int> OfShown => _ofShown;

    public static int Bin(double predicted) =>
        (int)Math.Clamp((Math.Log(predicted / (1 - predicted)) - LeastLogOdds) * BinsPerLogOdds, 0, BinCount - 1);

    public static int StatedBin(double stated) => (int)Math.Clamp(stated * StatedCount, 0, StatedCount - 1);

    /// <summary>Adds an observation that counts so many units.</summary>
    public static void Add(Span<long> sums, in PickObservation o, double units)
    {
        Span<float> x = stackalloc float[D];
        PickFeatures.Unpack(o.Features, x);
        int bin = Bins + (3 * Bin(o.Predicted));
        int stated = Stated + (3 * StatedBin(o.Stated));
        if (o.IsShown)
        {
            for (int i = 0, at = Products; i < D; i++)
            {
                for (int j = 0; j <= i; j++, at++)
                {
                    sums[at] += Units(x[i] * x[j], units);
                }
            }

            sums[bin] += Units(1, units);
            sums[bin + 1] += Units(o.Predicted, units);
            if (o.IsJudged)
            {
                sums[stated] += Units(1, units);
                sums[stated + 1] += Units(o.Stated, units);
                sums[Squares] += Units(o.Stated * o.Stated, units);
            }
        }

        if (o.Worth != 0)
        {
            for (int i = 0; i < D; i++)
            {
                sums[Responses + i] += Units(o.Worth * x[i], units);
            }
        }

        if (o.Liked != 0)
        {
            sums[bin + 2] += Units(o.Liked, units);
            if (o.IsJudged)
            {
                sums[stated + 2] += Units(o.Liked, units);
                sums[Squares + 1] += Units(o.Liked * o.Stated, units);
            }

            sums[Delays + o.Delay] += Units(o.Liked, units);
        }
    }

    /// <summary>Of an ad's pick how often it was shown and how long likes took: what ads are judged by is counted by campaign alone.</summary>
    public static void AddAd(Span<long> sums, in PickObservation o, double units)
    {
        sums[Products] += o.IsShown ? Units(1, units) : 0;
        sums[Delays + o.Delay] += Units(o.Liked, units);
    }

    /// <summary>Whether sums say that something was shown or liked, and not only that something is taken back.</summary>
    public static bool Brings(ReadOnlySpan<double> sums)
    {
        double likes = 0;
        for (int k = Delays; k < sums.Length; k++)
        {
            likes += sums[k];
        }

        return sums is [> 0, ..] || likes > 0;
    }

    private static bool IsOfShown(int place) => place switch
    {
        < Responses => true,
        < Bins => false,
        < Squares => (place - Bins) % 3 != 2,
        _ => place == Squares,
    };

    public static long Units(double value, double units) => (long)Math.Round(value * units);
}
