using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Learning;

/// <summary>One item as the learner keeps it: its decayed count, and the counts of the items that went with it.</summary>
internal sealed class LearnedItem(string id)
{
    /// <summary>About 1 KB of neighbours an item at the most.</summary>
    public const int MostNeighbours = 128;

    private int[] _numbers = [];
    private float[] _weights = [];

    public string Id { get; } = id;

    public double Count { get; set; }

    /// <summary>The item's slot in the catalog; -1 while that is not known.</summary>
    public int Slot { get; set; } = -1;

    public bool IsTouched { get; set; }

    /// <summary>The last entry of its shard's log that it holds; 0 where there is no log.</summary>
    public ulong Through { get; set; }

    /// <summary>What was shown of it and liked, by placement; null when nothing was.</summary>
    public ItemOutcomes? Outcomes { get; set; }

    public int Neighbours { get; private set; }

    public ReadOnlySpan<int> Numbers => _numbers.AsSpan(0, Neighbours);

    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Neighbours);

    /// <summary>Counts a co-visit. Past the bound the weakest neighbour makes room, so one that is frequent comes back.</summary>
    public void Add(int number, float weight)
    {
        int at = Numbers.IndexOf(number);
        if (at < 0)
        {
            at = Neighbours < MostNeighbours ? Grow() : Weakest();
            _numbers[at] = number;
            _weights[at] = 0;
        }

        _weights[at] += weight;
    }

    public void Clear()
    {
        Count = 0;
        Neighbours = 0;
        Outcomes?.Clear();
    }

    public void Scale(double factor)
    {
        Count *= factor;
        for (int i = 0; i < Neighbours; i++)
        {
            _weights[i] = (float)(_weights[i] * factor);
        }
    }

    private int Grow()
    {
        if (Neighbours == _numbers.Length)
        {
            int capacity = Math.Min(MostNeighbours, Math.Max(4, Neighbours * 2));
            Array.Resize(ref _numbers, capacity);
            Array.Resize(ref _weights, capacity);
        }

        return Neighbours++;
    }

    private int Weakest()
    {
        int weakest = 0;
        for (int i = 1; i < _weights.Length; i++)
        {
            if (_weights[i] < _weights[weakest])
            {
                weakest = i;
            }
        }

        return weakest;
    }
}
