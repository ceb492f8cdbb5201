using Footprint.Grid.Core.Consent;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The columns of a profile's evidence: one for each half-life and data category, in that order, with a landmark that its evidence
/// is relative to. Forward decay: an event of weight w at time t adds w * 2^((t - L) / h) to its column, and the value at any
/// later time T is that sum times 2^((L - T) / h), which is the sum over events of w * 2^(-(T - t) / h) whatever their
/// order. Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009. A column knows nothing of the others,
/// so evidence that is withheld leaves no trace in the rest, not in the last bit. Landmarks are whole numbers of strides from the
/// epoch, so that from one to another all is multiplied by a power of two: which of them evidence is relative to shows neither
/// in its digits nor in what it is worth.
/// </summary>
internal sealed class DecayColumns
{
    /// <summary>Half-lives from one landmark to the next. Terms are below 2^32 times their weight, so sums stay far from overflow.</summary>
    private const int Stride = 32;

    // More than any exponent there is.
    private const int MostExponent = 4096;

    private ColumnKey[] _keys = [];
    private long[] _landmarks = [];

    public int Count => _keys.Length;

    public ref readonly ColumnKey Key(int column) => ref _keys[column];

    public double HalfLifeSeconds(int column) => _keys[column].HalfLifeMs / 1000;

    public long LandmarkMs(int column) => LandmarkMs(_keys[column].HalfLifeMs, _landmarks[column]);

    /// <summary>All that must be allowed for a column to be used.</summary>
    public DataCategories Categories(int column) => _keys[column].Needed;

    public bool IsConfirmation(int column) => _keys[column].IsConfirmation;

    /// <summary>What a term of that time is multiplied by.</summary>
    public double Growth(int column, long timeMs)
    {
        (long landmark, double halfLives) = Before(_keys[column].HalfLifeMs, timeMs);
        return Math.ScaleB(double.Exp2(halfLives), Exponent(landmark - _landmarks[column]));
    }

    /// <summary>What evidence of another's column is multiplied by to be evidence of this one.</summary>
    public double Growth(int column, DecayColumns other, int theirs) => _keys[column].HalfLifeMs == other._keys[theirs].HalfLifeMs
        ? Math.ScaleB(1, Exponent(other._landmarks[theirs] - _landmarks[column]))
        : Growth(column, other.LandmarkMs(theirs));

    /// <summary>What a column's sum is multiplied by to have its value at that time.</summary>
    public double Decay(int column, long nowMs)
    {
        (long landmark, double halfLives) = Before(_keys[column].HalfLifeMs, nowMs);
        return Math.ScaleB(double.Exp2(-halfLives), Exponent(_landmarks[column] - landmark));
    }

    public void Prefetch()
    {
        Memory.Prefetch.Span<ColumnKey>(_keys);
        Memory.Prefetch.Span<long>(_landmarks);
    }

    /// <summary>How many landmarks a column's own lies before that of a time.</summary>
    public long Behind(int column, long timeMs) => Before(_keys[column].HalfLifeMs, timeMs).Landmark - _landmarks[column];

    /// <summary>Moves a column's landmark; what its evidence is to be multiplied by, as an exponent of two.</summary>
    public int MoveLandmark(int column, long by)
    {
        _landmarks[column] += by;
        return Exponent(-by);
    }

    /// <summary>Moves a column's landmark, for evidence of which that is the greatest, to where it is whatever it was before; likewise.</summary>
    public int MoveLandmarkFor(int column, double greatest) =>
        MoveLandmark(column, Math.Max((long)Math.Floor((double)Math.ILogB(greatest) / Stride), -_landmarks[column]));

    /// <summary>
    /// The column of that key; past the bound, of those with the same categories, the one whose half-life is nearest in ratio;
    /// else the complement of the place of a new one. Only those with the same categories count for the bound: else how exact the
    /// rest is would depend on what is withheld.
    /// </summary>
    public int Find(in ColumnKey key)
    {
        int nearest = -1;
        int same = 0;
        int at = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            ref readonly ColumnKey column = ref _keys[i];
            if (column.Stored != key.Stored)
            {
                at += column.Stored < key.Stored ? 1 : 0;
                continue;
            }

            if (column.HalfLifeMs == key.HalfLifeMs)
            {
                return i;
            }

            at += column.HalfLifeMs < key.HalfLifeMs ? 1 : 0;
            same++;
            nearest = nearest < 0 || column.Distance(key) < _keys[nearest].Distance(key) ? i : nearest;
        }

        return same >= ProfileLimits.HalfLives ? nearest : ~at;
    }

    /// <summary>A column at the place that <see cref="Find"/> gave.</summary>
    public void Insert(int at, in ColumnKey key, long timeMs) => InsertWith(at, key, Before(key.HalfLifeMs, timeMs).Landmark);

    /// <summary>Columns as they were stored, in whatever order, into empty ones.</summary>
    /// <returns>Of each the place that it has got, and what evidence relative to its stored landmark is multiplied by.</returns>
    public (int Place, double Factor)[] Load(ColumnKey[] keys, IReadOnlyList<long> landmarksMs)
    {
        // Earlier versions know no confirmations, and store them as one more column of the evidence that they are added to. The
        // landmark is the latest of the two, and one that was put anywhere moves to that before.
        _keys = IsAscending(keys) ? keys : [.. keys.Distinct().Order()];
        _landmarks = Array.ConvertAll(_keys, key =>
        {
            long storedMs = landmarksMs[Array.IndexOf(keys, key)];
            for (int c = 0; c < keys.Length; c++)
            {
                storedMs = keys[c] == key ? Math.Max(storedMs, landmarksMs[c]) : storedMs;
            }

            long nearest = (long)Math.Round(storedMs / (Stride * key.HalfLifeMs));
            return LandmarkMs(key.HalfLifeMs, nearest) == storedMs ? nearest : Before(key.HalfLifeMs, storedMs).Landmark;
        });

        var places = new (int, double)[keys.Length];
        for (int c = 0; c < keys.Length; c++)
        {
            int place = Array.IndexOf(_keys, keys[c]);
            places[c] = (place, LandmarkMs(place) == landmarksMs[c] ? 1 : Growth(place, landmarksMs[c]));
        }

        return places;
    }

    /// <summary>Leaves these, in that order.</summary>
    public void Keep(int[] columns)
    {
        _landmarks = Array.ConvertAll(columns, c => _landmarks[c]);
        _keys = Array.ConvertAll(columns, c => _keys[c]);
    }

    // The landmark at or before a time, and how many half-lives that is past it.
    private static (long Landmark, double HalfLives) Before(double halfLifeMs, long timeMs)
    {
        double landmark = Math.Floor(timeMs / (Stride * halfLifeMs));
        return ((long)landmark, (timeMs - (landmark * (Stride * halfLifeMs))) / halfLifeMs);
    }

    private static long LandmarkMs(double halfLifeMs, long landmark) => (long)Math.Round(landmark * (Stride * halfLifeMs));

    private static int Exponent(long landmarks) => (int)Math.Clamp(landmarks * Stride, -MostExponent, MostExponent);

    private static bool IsAscending(ColumnKey[] keys)
    {
        int i = 1;
        while (i < keys.Length && keys[i - 1].CompareTo(keys[i]) < 0)
        {
            i++;
        }

        return i >= keys.Length;
    }

    private void InsertWith(int at, in ColumnKey key, long landmark)
    {
        int count = Count;
        Array.Resize(ref _keys, count + 1);
        Array.Resize(ref _landmarks, count + 1);
        Array.Copy(_keys, at, _keys, at + 1, count - at);
        Array.Copy(_landmarks, at, _landmarks, at + 1, count - at);
        (_keys[at], _landmarks[at]) = (key, landmark);
    }

    /// <summary>What tells columns apart.</summary>
    /// <param name="Categories">Of the acts whose evidence it holds, or holds an addition to.</param>
    /// <param name="IsConfirmation">Whether it holds what confirmations add to such evidence.</param>
    internal readonly record struct ColumnKey(double HalfLifeMs, DataCategories Categories, bool IsConfirmation = false) : IComparable<ColumnKey>
    {
        /// <summary>How <see cref="IsConfirmation"/> is stored beside the categories.</summary>
        private const uint ConfirmationBit = 256;

        /// <summary>
        /// Likewise in earlier versions, which counted what the client declared among the categories, and so held what was added to
        /// evidence with it and without it in one column.
        /// </summary>
        private const uint EarlierConfirmationBit = 128;

        /// <summary>What confirmations add is declared, too.</summary>
        public DataCategories Needed => Categories | (IsConfirmation ? DataCategories.Declared : DataCategories.None);

        public uint Stored => (uint)Categories | (IsConfirmation ? ConfirmationBit : 0);

        /// <param name="halfLifeSeconds">Of the column.</param>
        /// <param name="stored">What it is of, as stored.</param>
        /// <param name="all">Of what all columns beside it are.</param>
        public static ColumnKey Of(double halfLifeSeconds, uint stored, ICollection<uint> all)
        {
            DataCategories categories = CategoryNames.OfStored(stored);
            DataCategories undeclared = categories & ~DataCategories.Declared;
            bool isOfEarlier = (stored & EarlierConfirmationBit) != 0;
            return new ColumnKey(
                halfLifeSeconds * 1000,
                isOfEarlier && undeclared != DataCategories.None && all.Contains((uint)undeclared) ? undeclared : categories,
                (stored & (ConfirmationBit | EarlierConfirmationBit)) != 0);
        }

        /// <summary>What confirmations add comes last.</summary>
        public int CompareTo(ColumnKey other) => Stored != other.Stored ? Stored.CompareTo(other.Stored) : HalfLifeMs.CompareTo(other.HalfLifeMs);

        public double Distance(in ColumnKey other) => Math.Abs(Math.Log(other.HalfLifeMs / HalfLifeMs));
    }
}
