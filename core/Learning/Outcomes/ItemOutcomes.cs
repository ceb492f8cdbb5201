using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What was shown of one item and liked, by placement and channel, and once more by each of the placement's
/// segments, decayed, and how much of that is of lately (<see cref="YoungShown"/>); a kilobyte at the most. Past the bound a newcomer that is shown n times takes the place of the row of
/// the least rank r with chance n / (r + n), and ranks r + n from then on, a row's rank being how often it was shown since, both
/// fading (randomized admission; Ben Basat, Einziger, Friedman and Kassner, INFOCOM 2017): what is shown often stays, and
/// what starts to be shown gets in, newcomers side by side.
/// </summary>
internal sealed class ItemOutcomes
{
    public const int MostRows = 12;

    private const int FirstSegment = 16;

    // What is taken back leaves roundings.
    private const double Rounding = 1e-3;

    private PlacementModel[] _models = [];
    private byte[] _channels = [];
    private float[] _sums = [];

    // What a row's rank was when it came, over what it was shown; not stored.
    private float[] _ranks = [];
    private uint _newcomers;
    private YoungShown? _young;

    public int Count { get; private set; }

    /// <summary>Whether some of it was shown so lately that it may not count in full.</summary>
    public bool IsYoung => _young is { Count: > 0 };

    public PlacementModel Model(int row) => _models[row];

    /// <summary>A channel's number, or what <see cref="OfSegment"/> says of a segment.</summary>
    public int Channel(int row) => _channels[row];

    /// <summary>What stands in place of a channel in rows of a segment of the placement.</summary>
    public static int OfSegment(int segment) => FirstSegment + segment;

    /// <summary>Whether a row repeats what rows of channels hold already.</summary>
    public bool IsOfSegment(int row) => _channels[row] >= FirstSegment;

    public ReadOnlySpan<float> Sums(int row) => _sums.AsSpan(row * ItemLayout.Count, ItemLayout.Count);

    /// <summary>How often it was shown, in all rows.</summary>
    public double Shown
    {
        get
        {
            double shown = 0;
            for (int row = 0; row < Count; row++)
            {
                shown += Sums(row)[ItemLayout.Features];
            }

            return shown;
        }
    }

    /// <summary>How much of a row's sums counts: 0 to 1.</summary>
    public double Part(int row)
    {
        float shown = Sums(row)[ItemLayout.Features];
        return shown > 0 && _young is { } young ? Math.Clamp(1 - (young.Uncounted(row, _models[row].Young) / shown), 0, 1) : 1;
    }

    /// <summary>
    /// Adds to one row, unless there is none and it only takes back; what has other than <see cref="ItemLayout.Count"/> places is of
    /// another version and left out.
    /// </summary>
    /// <param name="model">The placement.</param>
    /// <param name="channel">A channel, or what stands for a segment.</param>
    /// <param name="sums">As <see cref="ItemLayout"/> places them.</param>
    /// <param name="young">How much of what was shown is of which minute.</param>
    public void Add(PlacementModel model, uint channel, ReadOnlySpan<double> sums, ReadOnlySpan<(int Minute, double Shown)> young)
    {
        int at = sums.Length == ItemLayout.Count ? Find(model, (byte)Math.Min(channel, byte.MaxValue), sums) : -1;
        if (at < 0)
        {
            return;
        }

        Span<float> row = _sums.AsSpan(at * ItemLayout.Count, ItemLayout.Count);
        for (int i = 0; i < row.Length; i++)
        {
            row[i] += (float)sums[i];
        }

        foreach ((int minute, double shown) in young)
        {
            (_young ??= new YoungShown()).Add(at, minute, shown);
        }

        // More was taken back than there was, or all of it, but for roundings.
        if (sums[ItemLayout.Features] < 0 && row[ItemLayout.Features] <= sums[ItemLayout.Features] * -Rounding)
        {
            Remove(at);
        }
    }

    /// <summary>Tells the placements where it was shown lately that it is to be set again, and forgets what counts in full by now.</summary>
    /// <param name="item">Whose.</param>
    public void Age(LearnedItem item)
    {
        for (int i = (_young?.Count ?? 0) - 1; i >= 0; i--)
        {
            PlacementModel model = _models[_young!.Row(i)];
            if (model.Aged.Count == 0 || model.Aged[^1] != item)
            {
                model.Aged.Add(item);
            }

            if (model.Young.IsOver(_young.Minute(i)))
            {
                _young.RemoveAt(i);
            }
        }

        _young = IsYoung ? _young : null;
    }

    public bool Has(PlacementModel model) => _models.AsSpan(0, Count).Contains(model);

    public void Clear()
    {
        for (int row = 0; row < Count; row++)
        {
            _models[row].IsTouched = true;
        }

        (Count, _young) = (0, null);
    }

    /// <summary>Lets go of the rows of some placements.</summary>
    public void Remove(HashSet<PlacementModel> models)
    {
        for (int row = Count - 1; row >= 0; row--)
        {
            if (models.Contains(_models[row]))
            {
                Remove(row);
            }
        }
    }

    public void Scale(double factor)
    {
        for (int i = 0; i < Count * ItemLayout.Count; i++)
        {
            _sums[i] = (float)(_sums[i] * factor);
        }

        for (int i = 0; i < Count; i++)
        {
            _ranks[i] = (float)(_ranks[i] * factor);
        }

        _young?.Scale(factor);
    }

    /// <param name="to">Gets a row each.</param>
    public void Save(ICollection<StoredOutcomes> to)
    {
        for (int row = 0; row < Count; row++)
        {
            var stored = new StoredOutcomes { Placement = _models[row].Placement, Channel = _channels[row] };
            foreach (float sum in Sums(row))
            {
                stored.Sums.Add(sum);
            }

            _young?.Save(row, stored);
            to.Add(stored);
        }
    }

    // -1 when there is no row and none is given up for it.
    private int Find(PlacementModel model, byte channel, ReadOnlySpan<double> sums)
    {
        for (int i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_models[i], model) && _channels[i] == channel)
            {
                return i;
            }
        }

        if (!ItemLayout.Brings(sums))
        {
            return -1;
        }

        int at = Count < MostRows ? Grow() : Admit(model, channel, sums[ItemLayout.Features]);
        if (at >= 0)
        {
            (_models[at], _channels[at]) = (model, channel);
            _sums.AsSpan(at * ItemLayout.Count, ItemLayout.Count).Clear();
        }

        return at;
    }

    private int Grow()
    {
        if (Count == _models.Length)
        {
            int capacity = Math.Clamp(Count * 2, 1, MostRows);
            Array.Resize(ref _models, capacity);
            Array.Resize(ref _channels, capacity);
            Array.Resize(ref _ranks, capacity);
            Array.Resize(ref _sums, capacity * ItemLayout.Count);
        }

        _ranks[Count] = 0;
        return Count++;
    }

    private int Admit(PlacementModel model, byte channel, double shown)
    {
        int least = 0;
        for (int i = 1; i < Count; i++)
        {
            least = Rank(i) < Rank(least) ? i : least;
        }

        double rank = Math.Max(0, Rank(least));
        if (!(shown > 0) || Chance.Uniform(XxHash64.Hash(model.Placement) + channel, _newcomers++) * (rank + shown) >= shown)
        {
            return -1;
        }

        // What was concluded from the row is to be taken back.
        _models[least].IsTouched = true;
        _ranks[least] = (float)rank;
        _young?.Remove(least);
        return least;
    }

    // The last one takes its place.
    private void Remove(int row)
    {
        int last = --Count;
        (_models[row], _channels[row], _ranks[row]) = (_models[last], _channels[last], _ranks[last]);
        Sums(last).CopyTo(_sums.AsSpan(row * ItemLayout.Count));
        _young?.Remove(row);
        if (row != last)
        {
            _young?.Renumber(last, row);
        }
    }

    private float Rank(int row) => Sums(row)[ItemLayout.Features] + _ranks[row];
}
