using System.Collections;
using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Learning;

/// <summary>One item as the learner keeps it: its decayed count, and the counts of the items that went with it.</summary>
internal sealed class LearnedItem(string id)
{
    /// <summary>6 bytes each.</summary>
    public const int MostNeighbours = 80;

    /// <summary>As many as stored knowledge may have of an item: there were more once.</summary>
    public const int MostStored = 104;

    // The change of an item's counts, as a part of them, after which its neighbours are due.
    private const double Due = 1.0 / 32;

    private PairCounts _neighbours;
    private double _sum;
    private double _changed;

    public string Id { get; } = id;

    public double Count { get; private set; }

    /// <summary>The item's slot in the catalog; -1 while that is not known.</summary>
    public int Slot { get; set; } = -1;

    public bool IsTouched { get; set; }

    /// <summary>Whether its number is among those that were shown lately.</summary>
    public bool IsYoung { get; set; }

    /// <summary>Whether it made room for others, or keeps the place of one that did.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether its counts changed so much since <see cref="Settle"/> that its neighbours are to be found out soon.</summary>
    public bool IsDue => _changed > _sum * Due;

    /// <summary>Whether nothing changed since then.</summary>
    public bool IsSettled => _changed == 0;

    /// <summary>Where it waits for that.</summary>
    public NeighbourQueue.Place Waits { get; set; }

    /// <summary>Whether something that went with it was not in the catalog when its neighbours were found out.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>The last entry of its shard's log that it holds; 0 where there is no log.</summary>
    public ulong Through { get; set; }

    /// <summary>What was shown of it and liked, by placement; null when nothing was.</summary>
    public ItemOutcomes? Outcomes { get; set; }

    public int Neighbours => _neighbours.Count;

    /// <summary>Number of the item that is its i-th neighbour, in no order.</summary>
    public int Number(int i) => _neighbours.Number(i);

    /// <summary>How often that went with it.</summary>
    public float Weight(int i) => _neighbours.Weight(i);

    /// <summary>Counts acts.</summary>
    public void Add(double weight)
    {
        Count += weight;
        Change(weight);
    }

    /// <summary>Its neighbours are those of its counts now.</summary>
    public void Settle() => _changed = 0;

    /// <summary>Its neighbours are to be found out soon, for another reason than its own counts.</summary>
    public void Unsettle() => _changed = _sum;

    /// <summary>Counts a co-visit. Past the bound the weakest neighbour makes room, so one that is frequent comes back.</summary>
    public void Add(int number, float weight)
    {
        int at = _neighbours.Find(number);
        float known = at < 0 ? 0 : _neighbours.Weight(at);
        if (at < 0)
        {
            at = Neighbours < MostNeighbours ? Neighbours : _neighbours.Weakest();
        }

        _neighbours.Set(at, number, known + weight, MostNeighbours);
        Change(weight);
    }

    /// <summary>Takes out neighbours, given by number.</summary>
    public void Remove(BitArray numbers)
    {
        for (int i = Neighbours - 1; i >= 0; i--)
        {
            if (Number(i) is var number && number < numbers.Length && numbers[number])
            {
                _sum -= Weight(i);
                _neighbours.Remove(i);
            }
        }
    }

    /// <summary>What takes over its number, with what lists of numbers say of it.</summary>
    /// <param name="successor">Its id; null to keep the place for one.</param>
    public LearnedItem Successor(string? successor) => new(successor ?? "") { IsGone = successor is null, IsTouched = IsTouched, IsYoung = IsYoung, Waits = Waits };

    private void Change(double weight)
    {
        _sum += weight;
        _changed += weight;
    }

    public void Clear()
    {
        Count = 0;
        _neighbours.Clear();
        (_sum, _changed) = (0, 0);
        Outcomes?.Clear();
    }

    public void Scale(double factor)
    {
        Count *= factor;
        _sum *= factor;
        _changed *= factor;
        for (int i = 0; i < Neighbours; i++)
        {
            _neighbours.Set(i, Number(i), (float)(Weight(i) * factor), MostNeighbours);
        }
    }
}
