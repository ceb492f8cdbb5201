using Footprint.Grid.Core.Learning;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class NeighbourRegressionTests
{
    private const double Ridge = 3;
    private const double Shrinkage = 4;

    // The same problem put another way: each item is regressed on all others by the normal equations, densely and in
    // double precision. The inverse gives the same coefficients times 16 and the target's own entry of the inverse.
    [Fact]
    public void Solve_SymmetricCounts_AreTheCoefficientsOfARidgeRegression() => ForAnySeed(random =>
    {
        const int size = 9;
        (List<LearnedItem> items, double[,] cosines) = Histories(random, size);
        double[,] inverse = Inverse(cosines, Ridge);

        for (int from = 0; from < size; from++)
        {
            double[] weights = Solve(items, from);
            for (int to = 0; to < size; to++)
            {
                if (to != from)
                {
                    double expected = Regress(cosines, to, Ridge)[from] * inverse[to, to] * 16;
                    Assert.Equal(expected, weights[to], 1e-4);
                }
            }
        }
    });

    [Fact]
    public void Solve_AnyCounts_FiniteAndTheSameAgain() => ForAnySeed(random =>
    {
        // Arrange: counts that no histories could give, some of items without an act.
        List<LearnedItem> items = Items(90);
        for (int i = 0; i < 6000; i++)
        {
            (int a, int b) = (random.Next(90), random.Next(90));
            if (a != b)
            {
                items[a].Add(b, (float)Math.Exp(random.Next(-20, 20)));
            }

            items[random.Next(60)].Add(random.NextDouble());
        }

        var regression = new NeighbourRegression();

        // Act
        foreach (int item in Enumerable.Range(0, 90))
        {
            regression.Solve(items, item, 1);
            float[] once = regression.Weights.ToArray();
            new NeighbourRegression().Solve(items, random.Next(90), 1);
            regression.Solve(items, item, 1);

            // Assert
            Assert.InRange(regression.Count, 0, NeighbourRegression.Most);
            Assert.All(once, w => Assert.InRange(w, -1, 1));
            Assert.Equal(once, regression.Weights.ToArray());
        }
    });

    [Fact]
    public void Solve_ItemByWayOfAnother_WorthLessThanItsCosine()
    {
        // Arrange: c goes with b alone; it meets a where b is there, too.
        List<LearnedItem> items = Items(3);
        items.ForEach(i => i.Add(1000));
        Pair(items, 0, 1, 800);
        Pair(items, 1, 2, 800);
        Pair(items, 0, 2, 640);
        double cosine = 640 / (1000 + Shrinkage);

        // Act
        double[] weights = Solve(items, 0);

        // Assert: what is direct keeps more of its own.
        Assert.InRange(weights[2], 0.01, 0.9 * cosine);
        Assert.True(weights[1] / 800 > weights[2] / 640);
    }

    [Fact]
    public void Solve_NeighboursNotInTheCatalog_LeftOutAndNoted()
    {
        List<LearnedItem> items = Items(3);
        items.ForEach(i => i.Add(10));
        Pair(items, 0, 1, 5);
        Pair(items, 0, 2, 5);
        items[2].Slot = -1;
        var regression = new NeighbourRegression();

        regression.Solve(items, 0, 1);

        Assert.Equal([1], regression.Numbers.ToArray());
        Assert.True(items[0].IsIncomplete);
        Assert.False(items[1].IsIncomplete);
    }

    private static void ForAnySeed(Action<Random> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => check(new Random(seed))).QuickCheckThrowOnFailure();

    private static List<LearnedItem> Items(int count) => [.. Enumerable.Range(0, count).Select(i => new LearnedItem($"i{i}") { Slot = i })];

    private static void Pair(List<LearnedItem> items, int a, int b, float weight)
    {
        items[a].Add(b, weight);
        items[b].Add(a, weight);
    }

    /// <summary>Who had to do with what, as counts and as shrunk cosines with ones on the diagonal.</summary>
    private static (List<LearnedItem> Items, double[,] Cosines) Histories(Random random, int size)
    {
        List<LearnedItem> items = Items(size);
        for (int person = 0; person < 60; person++)
        {
            // The first had everything, so that every item is a neighbour of every other.
            int[] had = [.. Enumerable.Range(0, size).Where(_ => person == 0 || random.Next(3) == 0)];
            foreach (int a in had)
            {
                items[a].Add(1);
                foreach (int b in had.Where(b => b > a))
                {
                    Pair(items, a, b, 1);
                }
            }
        }

        double[,] cosines = new double[size, size];
        for (int a = 0; a < size; a++)
        {
            for (int i = 0; i < items[a].Neighbours; i++)
            {
                int b = items[a].Number(i);
                cosines[a, b] = items[a].Weight(i) / (Math.Sqrt(items[a].Count * items[b].Count) + Shrinkage);
            }

            cosines[a, a] = 1;
        }

        return (items, cosines);
    }

    private static double[] Solve(List<LearnedItem> items, int from)
    {
        var regression = new NeighbourRegression();
        regression.Solve(items, from, 1);
        double[] weights = new double[items.Count];
        for (int i = 0; i < regression.Count; i++)
        {
            weights[regression.Numbers[i]] = regression.Weights[i];
        }

        return weights;
    }

    private static double[] Regress(double[,] cosines, int target, double ridge)
    {
        int size = cosines.GetLength(0);
        int[] others = [.. Enumerable.Range(0, size).Where(i => i != target)];
        double[,] equations = new double[size - 1, size - 1];
        double[] right = new double[size - 1];
        for (int i = 0; i < others.Length; i++)
        {
            for (int j = 0; j < others.Length; j++)
            {
                equations[i, j] = cosines[others[i], others[j]] + (i == j ? ridge : 0);
            }

            right[i] = cosines[others[i], target];
        }

        double[] solution = Eliminate(equations, right);
        double[] coefficients = new double[size];
        for (int i = 0; i < others.Length; i++)
        {
            coefficients[others[i]] = solution[i];
        }

        return coefficients;
    }

    private static double[,] Inverse(double[,] cosines, double ridge)
    {
        int size = cosines.GetLength(0);
        double[,] inverse = new double[size, size];
        for (int column = 0; column < size; column++)
        {
            double[,] equations = (double[,])cosines.Clone();
            double[] right = new double[size];
            right[column] = 1;
            for (int i = 0; i < size; i++)
            {
                equations[i, i] += ridge;
            }

            double[] solution = Eliminate(equations, right);
            for (int i = 0; i < size; i++)
            {
                inverse[i, column] = solution[i];
            }
        }

        return inverse;
    }

    // Gauss without pivoting: the matrices are positive definite.
    private static double[] Eliminate(double[,] a, double[] right)
    {
        int size = right.Length;
        for (int k = 0; k < size; k++)
        {
            for (int i = k + 1; i < size; i++)
            {
                double factor = a[i, k] / a[k, k];
                for (int j = k; j < size; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }

                right[i] -= factor * right[k];
            }
        }

        for (int k = size - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < size; j++)
            {
                right[k] -= a[k, j] * right[j];
            }

            right[k] /= a[k, k];
        }

        return right;
    }
}
