using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>Baselines that know items alone, by how often each was shown and liked.</summary>
internal abstract class ItemPolicy : IBanditPolicy
{
    private readonly int[] _shown = new int[BanditWorld.Items];
    private readonly int[] _liked = new int[BanditWorld.Items];

    public abstract string Name { get; }

    public abstract int Choose(int round, int visitor, bool app);

    public void Learn(int round, int visitor, bool app, int item, bool liked)
    {
        _shown[item]++;
        _liked[item] += liked ? 1 : 0;
    }

    protected int Shown(int item) => _shown[item];

    protected int Liked(int item) => _liked[item];

    protected static int Best(Func<int, double> score)
    {
        var best = 0;
        var most = double.NegativeInfinity;
        for (var item = 0; item < BanditWorld.Items; item++)
        {
            var own = score(item);
            if (own > most)
            {
                (best, most) = (item, own);
            }
        }

        return best;
    }
}

/// <summary>The item with the highest rate so far (an item never shown first), one time in ten any.</summary>
internal sealed class EpsilonGreedyPolicy(ulong seed) : ItemPolicy
{
    private const double Epsilon = 0.1;

    public override string Name => "epsilon-greedy (0.1)";

    public override int Choose(int round, int visitor, bool app)
    {
        var chance = SplitMix.For(seed ^ 0x3C6EF372, (ulong)round);
        return chance.NextDouble() < Epsilon
            ? chance.Next(BanditWorld.Items)
            : Best(i => Shown(i) == 0 ? 1 : (double)Liked(i) / Shown(i));
    }
}

/// <summary>Thompson sampling from a Beta(1, 1) posterior for each item.</summary>
internal sealed class BetaThompsonPolicy(ulong seed) : ItemPolicy
{
    private readonly Random _random = new((int)(seed & int.MaxValue));

    public override string Name => "Beta Thompson sampling by item";

    public override int Choose(int round, int visitor, bool app) => Best(i => Beta(1 + Liked(i), 1 + Shown(i) - Liked(i)));

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

/// <summary>The constant predictor: the one item that is best for all visitors over the whole run, which nobody can know beforehand.</summary>
internal sealed class ConstantPolicy(BanditWorld world, int rounds) : IBanditPolicy
{
    private readonly int _item = Enumerable.Range(0, BanditWorld.Items).MaxBy(item =>
        Enumerable.Range(0, BanditWorld.Visitors).Sum(u => new[] { 0, rounds - 1 }.Sum(r => world.Odds(r, u, item, app: true) + world.Odds(r, u, item, app: false))));

    public string Name => "the best constant item";

    public int Choose(int round, int visitor, bool app) => _item;

    public void Learn(int round, int visitor, bool app, int item, bool liked)
    {
    }
}
