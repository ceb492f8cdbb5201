using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>Baselines that know items alone, by how often each was looked at and liked.</summary>
internal abstract class ItemPolicy : IBanditPolicy
{
    private readonly double[] _shown = new double[BanditWorld.Items];
    private readonly int[] _liked = new int[BanditWorld.Items];
    private readonly double[] _scores = new double[BanditWorld.Items];

    public abstract string Name { get; }

    public void Choose(int round, int visitor, bool app, Span<int> page)
    {
        for (var item = 0; item < _scores.Length; item++)
        {
            _scores[item] = Score(item);
        }

        for (var place = 0; place < page.Length; place++)
        {
            page[place] = Array.IndexOf(_scores, _scores.Max());
            _scores[page[place]] = double.NegativeInfinity;
        }

        Explore(round, page);
    }

    public void Learn(int now, in BanditOutcome outcome)
    {
        _shown[outcome.Item] += BanditWorld.Attention(outcome.Place);
        _liked[outcome.Item] += outcome.IsLiked ? 1 : 0;
    }

    /// <summary>What the highest of are shown.</summary>
    protected abstract double Score(int item);

    protected virtual void Explore(int round, Span<int> page)
    {
    }

    /// <summary>How often it was shown, each time as far as its place is looked at.</summary>
    protected double Shown(int item) => _shown[item];

    protected int Liked(int item) => _liked[item];
}

/// <summary>The items with the highest rates so far (an item never shown first), in each place one time in ten any.</summary>
internal sealed class EpsilonGreedyPolicy(ulong seed) : ItemPolicy
{
    private const double Epsilon = 0.1;

    public override string Name => "epsilon-greedy (0.1)";

    protected override double Score(int item) => Shown(item) == 0 ? double.MaxValue : Liked(item) / Shown(item);

    // One that is on the page already changes places.
    protected override void Explore(int round, Span<int> page)
    {
        var chance = SplitMix.For(seed ^ 0x3C6EF372, (ulong)round);
        for (var place = 0; place < page.Length; place++)
        {
            if (chance.NextDouble() < Epsilon)
            {
                var item = chance.Next(BanditWorld.Items);
                if (page.IndexOf(item) is >= 0 and var other)
                {
                    page[other] = page[place];
                }

                page[place] = item;
            }
        }
    }
}

/// <summary>Thompson sampling from a Beta(1, 1) posterior for each item.</summary>
internal sealed class BetaThompsonPolicy(ulong seed) : ItemPolicy
{
    private readonly Random _random = new((int)(seed & int.MaxValue));

    public override string Name => "Beta Thompson sampling by item";

    protected override double Score(int item) => Beta(1 + Liked(item), 1 + Math.Max(0, Shown(item) - Liked(item)));

    private double Beta(double a, double b)
    {
        var x = Gamma(a);
        return x / (x + Gamma(b));
    }

    // Marsaglia and Tsang, ACM TOMS 2000; shapes are at least 1 here.
    private double Gamma(double shape)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - _random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}

/// <summary>The constant predictor: the items that are best for all visitors over the whole run, which nobody can know beforehand.</summary>
internal sealed class ConstantPolicy(BanditWorld world, int rounds) : IBanditPolicy
{
    private readonly int[] _items = [.. Enumerable.Range(0, BanditWorld.Items).OrderByDescending(item =>
        Enumerable.Range(0, BanditWorld.Visitors).Sum(u => new[] { 0, rounds - 1 }.Sum(r => world.Odds(r, u, item, app: true) + world.Odds(r, u, item, app: false))))];

    public string Name => "the best constant page";

    public void Choose(int round, int visitor, bool app, Span<int> page) => _items.AsSpan(0, page.Length).CopyTo(page);

    public void Learn(int now, in BanditOutcome outcome)
    {
    }
}
