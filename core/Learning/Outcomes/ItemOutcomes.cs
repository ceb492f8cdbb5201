using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What was shown of one item and liked, by placement and channel, and once more by each of the placement's
/// segments, decayed; less than a kilobyte. Past the bound
/// the row that was shown least makes room.
/// </summary>
internal sealed class ItemOutcomes
{
    public const int MostRows = 12;

    private const int FirstSegment = 16;

    private PlacementModel[] _models = [];
    private byte[] _channels = [];
    private float[] _sums = [];

    public int Count { get; private set; }

    public PlacementModel Model(int row) => _models[row];

    /// <summary>A channel's number, or what <see cref="OfSegment"/> says of a segment.</summary>
    public int Channel(int row) => _channels[row];

    /// <summary>What stands in place of a channel in rows of a segment of the placement.</summary>
    public static int OfSegment(int segment) => FirstSegment + segment;

    /// <summary>Whether a row repeats what rows of channels hold already.</summary>
    public bool IsOfSegment(int row) => _channels[row] >= FirstSegment;

    public ReadOnlySpan<float> Sums(int row) => _sums.AsSpan(row * ItemLayout.Count, ItemLayout.Count);

    /// <summary>Adds to one row; what has other than <see cref="ItemLayout.Count"/> places is of another version and left out.</summary>
    public void Add(PlacementModel model, uint channel, ReadOnlySpan<double> sums)
    {
        if (sums.Length != ItemLayout.Count)
        {
            return;
        }

        int at = Find(model, (byte)Math.Min(channel, byte.MaxValue));
        Span<float> row = _sums.AsSpan(at * ItemLayout.Count, ItemLayout.Count);

        for (int i = 0; i < row.Length; i++)
        {
            row[i] += (float)sums[i];
        }
    }

    public bool Has(PlacementModel model) => _models.AsSpan(0, Count).Contains(model);

    public void Clear() => Count = 0;

    public void Scale(double factor)
    {
        for (int i = 0; i < Count * ItemLayout.Count; i++)
        {
            _sums[i] = (float)(_sums[i] * factor);
        }
    }

    public void Save(ICollection<StoredOutcomes> to)
    {
        for (int row = 0; row < Count; row++)
        {
            var stored = new StoredOutcomes { Placement = _models[row].Placement, Channel = _channels[row] };
            foreach (float sum in Sums(row))
            {
                stored.Sums.Add(sum);
            }

            to.Add(stored);
        }
    }

    private int Find(PlacementModel model, byte channel)
    {
        for (int i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_models[i], model) && _channels[i] == channel)
            {
                return i;
            }
        }

        int at = Count < MostRows ? Grow() : Least();
        (_models[at], _channels[at]) = (model, channel);
        _sums.AsSpan(at * ItemLayout.Count, ItemLayout.Count).Clear();
        return at;
    }

    private int Grow()
    {
        if (Count == _models.Length)
        {
            int capacity = Math.Max(1, Count * 2);
            Array.Resize(ref _models, capacity);
            Array.Resize(ref _channels, capacity);
            Array.Resize(ref _sums, capacity * ItemLayout.Count);
        }

        return Count++;
    }

    private int Least()
    {
        int least = 0;
        for (int i = 1; i < Count; i++)
        {
            if (Sums(i)[ItemLayout.Features] < Sums(least)[ItemLayout.Features])
            {
                least = i;
            }
        }

        return least;
    }
}
