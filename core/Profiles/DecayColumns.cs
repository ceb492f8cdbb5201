using Footprint.Grid.Core.Consent;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The columns of a profile's evidence: one for each half-life and data category, with a landmark that its evidence is
/// relative to. Forward decay: an event of weight w at time t adds w * 2^((t - L) / h) to its column, and the value at any
/// later time T is that sum times 2^((L - T) / h), which is the sum over events of w * 2^(-(T - t) / h) whatever their
/// order. Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009. A column knows nothing of the others,
/// so evidence that is withheld leaves no trace in the rest, not in the last bit.
/// </summary>
internal sealed class DecayColumns
{
    /// <summary>The landmark moves before a term would exceed 2^60, so sums stay far from overflow.</summary>
    private const double MostExponent = 60;

    private ColumnKey[] _keys = [];
    private long[] _landmarksMs = [];

    public int Count => _keys.Length;

    public ref readonly ColumnKey Key(int column) => ref _keys[column];

    public double HalfLifeSeconds(int column) => _keys[column].HalfLifeMs / 1000;

    public long LandmarkMs(int column) => _landmarksMs[column];

    /// <summary>All that must be allowed for a column to be used.</summary>
    public DataCategories Categories(int column) => _keys[column].Needed;

    public bool IsConfirmation(int column) => _keys[column].IsConfirmation;

    /// <summary>What a term of that time is multiplied by; at most 2^60 after <see cref="NeedsRebase"/> was obeyed.</summary>
    public double Growth(int column, long timeMs) => Exp2((timeMs - _landmarksMs[column]) / _keys[column].HalfLifeMs);

    /// <summary>What a column's sum is multiplied by to have its value at that time.</summary>
    public double Decay(int column, long nowMs) => Exp2((_landmarksMs[column] - nowMs) / _keys[column].HalfLifeMs);

    public bool NeedsRebase(int column, long timeMs) => (timeMs - _landmarksMs[column]) / _keys[column].HalfLifeMs > MostExponent;

    public void Prefetch()
    {
        Memory.Prefetch.Span<ColumnKey>(_keys);
        Memory.Prefetch.Span<long>(_landmarksMs);
    }

    public void MoveLandmark(int column, long toMs) => _landmarksMs[column] = toMs;

    /// <summary>
    /// The column of that key; a new one with that landmark; or past the bound, of those with the same categories, the one
    /// whose half-life is nearest in ratio. Only those with the same categories count for the bound: else how exact the rest
    /// is would depend on what is withheld.
    /// </summary>
    public int ColumnOf(in ColumnKey key, long landmarkMs)
    {
        int nearest = -1;
        int same = 0;
        for (int i = 0; i < _keys.Length; i++)
        {
            ref readonly ColumnKey column = ref _keys[i];
            if (column.Categories != key.Categories || column.IsConfirmation != key.IsConfirmation)
            {
                continue;
            }

            if (column.HalfLifeMs == key.HalfLifeMs)
            {
                return i;
            }

            same++;
            nearest = nearest < 0 || column.Distance(key) < _keys[nearest].Distance(key) ? i : nearest;
        }

        if (same >= ProfileLimits.HalfLives)
        {
            return nearest;
        }

        Append(key, landmarkMs);
        return Count - 1;
    }

    public void Append(in ColumnKey key, long landmarkMs)
    {
        Array.Resize(ref _keys, Count + 1);
        Array.Resize(ref _landmarksMs, Count);
        _keys[^1] = key;
        _landmarksMs[^1] = landmarkMs;
    }

    /// <summary>Appends all columns of the other.</summary>
    public void Append(DecayColumns other)
    {
        _keys = [.. _keys, .. other._keys];
        _landmarksMs = [.. _landmarksMs, .. other._landmarksMs];
    }

    /// <summary>Leaves these, in that order.</summary>
    public void Keep(int[] columns)
    {
        _landmarksMs = Array.ConvertAll(columns, c => _landmarksMs[c]);
        _keys = Array.ConvertAll(columns, c => _keys[c]);
    }

    private static double Exp2(double x) => x == 0 ? 1 : double.Exp2(x);

    /// <summary>What tells columns apart.</summary>
    /// <param name="Categories">Of the acts whose evidence it holds, or holds an addition to.</param>
    /// <param name="IsConfirmation">Whether it holds what confirmations add to such evidence.</param>
    internal readonly record struct ColumnKey(double HalfLifeMs, DataCategories Categories, bool IsConfirmation = false)
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

        public double Distance(in ColumnKey other) => Math.Abs(Math.Log(other.HalfLifeMs / HalfLifeMs));
    }
}
