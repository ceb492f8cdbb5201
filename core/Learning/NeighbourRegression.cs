using System.Numerics;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// How much an act with one item says of another, beyond what other items say already. With counts c(a, b) of b after a and
/// n(a) of a alone (see <see cref="KnowledgeBase"/>),
/// <code>D(a, b) = min(1, c(a, b) / (√(n(a) · n(b)) + 4))    G = (D + Dᵀ) / 2    W = 4 · (G + 4·I)⁻¹ · D</code>
/// and the strength of b for a is <c>W(a, b) · (n(b) / m)^¼</c>, W being between -1 and 1, m being the mean of all n. D is the cosine of items, shrunk so
/// that a single meeting of two rare items is no certainty. (G + λ·I)⁻¹ takes out of it what goes by way of other items: of a
/// ridge regression of all items on each other this is the solution in closed form (H. Steck, "Embarrassingly shallow
/// autoencoders for sparse data", WWW 2019), with D instead of G on the right, so that an order of acts counts, and without
/// its last factor, which all but equals one for a λ as large as this. The root gives back some of the popularity that the
/// cosine takes (the asymmetric cosine of F. Aiolli, RecSys 2013). Of the matrix only the part of a and its
/// <see cref="Most"/> strongest neighbours, by D(a, b) · n(b)^¼, is looked at, so one item costs a bounded time and none waits for another. Not safe
/// for more than one thread.
/// </summary>
internal sealed class NeighbourRegression
{
    /// <summary>Neighbours that are regressed on each other.</summary>
    public const int Most = 64;

    // As much as two thirds of a purchase are evidence for.
    private const double Shrinkage = 4;
    private const float Ridge = 3;
    private const float Diagonal = 1 + Ridge;

    private readonly int[] _numbers = new int[Most + 1];
    private readonly double[] _roots = new double[Most + 1];
    private readonly float[] _strengths = new float[LearnedItem.MostNeighbours];
    private readonly int[] _order = new int[LearnedItem.MostNeighbours];
    private readonly float[] _directed = new float[(Most + 1) * (Most + 1)];
    private readonly float[] _factor = new float[(Most + 1) * (Most + 1)];
    private readonly float[] _row = new float[Most + 1];
    private readonly float[] _weights = new float[Most + 1];

    // By an item's number: its place among those looked at, plus one.
    private int[] _places = [];

    /// <summary>Numbers of the neighbours of the last item that was solved for.</summary>
    public ReadOnlySpan<int> Numbers => _numbers.AsSpan(0, Count);

    /// <summary>W for each of them.</summary>
    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <param name="items">All items by number.</param>
    /// <param name="number">Of the item to solve for.</param>
    /// <param name="scale">What a count is multiplied by to have its value now.</param>
    public void Solve(List<LearnedItem> items, int number, double scale)
    {
        double shrinkage = Shrinkage / scale;
        Choose(items, number, shrinkage);
        int size = Count + 1;
        Span<float> directed = _directed.AsSpan(0, size * size);
        Directed(items, size, shrinkage, directed);
        float diagonal = Invert(size, directed);

        // The item's row of the inverse, times D.
        Span<float> weights = _weights.AsSpan(0, size);
        weights.Clear();
        for (int k = 0; k < size; k++)
        {
            AddTimes(diagonal * _row[k], directed.Slice(k * size, size), weights);
        }

        for (int i = 0; i < size; i++)
        {
            weights[i] = Math.Clamp(weights[i], -1, 1);
        }
    }

    // The strongest neighbours that are in the catalog, and the item itself as the last.
    private void Choose(List<LearnedItem> items, int number, double shrinkage)
    {
        LearnedItem item = items[number];
        double root = Math.Sqrt(item.Count);
        int known = 0;
        item.IsIncomplete = false;
        for (int i = 0; i < item.Neighbours; i++)
        {
            int neighbour = item.Number(i);
            LearnedItem other = items[neighbour];
            if (other.Slot >= 0)
            {
                _order[known] = neighbour;
                double otherRoot = Math.Sqrt(other.Count);
                _strengths[known++] = -(float)(item.Weight(i) / ((root * otherRoot) + shrinkage) * Math.Sqrt(otherRoot));
            }
            else
            {
                item.IsIncomplete = true;
            }
        }

        _strengths.AsSpan(0, known).Sort(_order.AsSpan(0, known));
        Count = Math.Min(known, Most);
        for (int i = 0; i < Count; i++)
        {
            _numbers[i] = _order[i];
            _roots[i] = Math.Sqrt(items[_order[i]].Count);
        }

        _numbers[Count] = number;
        _roots[Count] = root;
    }

    private void Directed(List<LearnedItem> items, int size, double shrinkage, Span<float> directed)
    {
        if (_places.Length < items.Count)
        {
            Array.Resize(ref _places, Math.Max(items.Count, 2 * _places.Length));
        }

        int[] places = _places;
        for (int i = 0; i < size; i++)
        {
            places[_numbers[i]] = i + 1;
        }

        directed.Clear();
        for (int i = 0; i < size; i++)
        {
            LearnedItem item = items[_numbers[i]];
            for (int j = 0; j < item.Neighbours; j++)
            {
                int place = places[item.Number(j)] - 1;
                if (place >= 0)
                {
                    directed[(i * size) + place] = (float)Math.Min(1, item.Weight(j) / ((_roots[i] * _roots[place]) + shrinkage));
                }
            }
        }

        for (int i = 0; i < size; i++)
        {
            places[_numbers[i]] = 0;
        }
    }

    // The last row of (G + 4I)⁻¹, by Cholesky's factor L: it solves L·Lᵀ·x = e. No pivot of a true Gram matrix with ones on its
    // diagonal is below λ; where bounded and decayed counts are far from one, more is added to the diagonal until they are
    // near enough, at the latest when it exceeds the sum of its row.
    private float Invert(int size, ReadOnlySpan<float> directed)
    {
        float diagonal = Diagonal;
        while (!TryFactor(size, directed, diagonal))
        {
            diagonal *= 2;
        }

        ReadOnlySpan<float> factor = _factor.AsSpan(0, size * size);
        Span<float> solution = _row.AsSpan(0, size);
        solution.Clear();
        solution[size - 1] = 1 / factor[^1];
        for (int k = size - 1; k >= 0; k--)
        {
            solution[k] /= factor[(k * size) + k];
            AddTimes(-solution[k], factor.Slice(k * size, k), solution[..k]);
        }

        return diagonal;
    }

    private bool TryFactor(int size, ReadOnlySpan<float> directed, float diagonal)
    {
        Span<float> factor = _factor.AsSpan(0, size * size);
        for (int x = 0; x < size; x++)
        {
            Span<float> row = factor.Slice(x * size, size);
            for (int z = 0; z < x; z++)
            {
                float entry = (directed[(x * size) + z] + directed[(z * size) + x]) / 2;
                row[z] = (entry - Dot(row[..z], factor.Slice(z * size, z))) / factor[(z * size) + z];
            }

            float pivot = diagonal - Dot(row[..x], row[..x]);
            if (pivot < Ridge / 2)
            {
                return false;
            }

            row[x] = MathF.Sqrt(pivot);
        }

        return true;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sums = default;
        int i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddTimes(float factor, ReadOnlySpan<float> from, Span<float> to)
    {
        int i = 0;
        for (; i <= from.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(to[i..]) + (new Vector<float>(from[i..]) * factor)).CopyTo(to[i..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] += factor * from[i];
        }
    }
}
