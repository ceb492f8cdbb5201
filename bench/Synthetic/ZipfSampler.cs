namespace Footprint.Grid.Bench.Synthetic;

/// <summary>Draws ranks 0 to n-1, rank r with weight 1 / (r + 1)^s, in constant time (Walker's alias method).</summary>
internal sealed class ZipfSampler
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    public ZipfSampler(int n, double exponent)
    {
        _keep = new double[n];
        _alias = new int[n];
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += _keep[i] = Math.Pow(i + 1, -exponent);
        }

        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var i = 0; i < n; i++)
        {
            _keep[i] *= n / sum;
            (_keep[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var less = small.Pop();
            var more = large.Pop();
            _alias[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }

        foreach (var rest in small.Concat(large))
        {
            _keep[rest] = 1;
        }
    }

    public int Next(ref SplitMix random)
    {
        var column = random.Next(_keep.Length);
        return random.NextDouble() < _keep[column] ? column : _alias[column];
    }
}
