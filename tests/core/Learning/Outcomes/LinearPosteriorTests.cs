using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

public sealed class LinearPosteriorTests
{
    private const int D = PickFeatures.Count;
    private const int N = PickFeatures.OfItem;

    [Fact]
    public void Fit_NoOutcomes_IsThePrior()
    {
        double[] prior = [.. Enumerable.Range(0, D).Select(i => 0.1 * i)];

        LinearPosterior posterior = LinearPosterior.Fit(new double[D * (D + 1) / 2], new double[D], prior, Filled(0.5), 0.09);

        Assert.All(Enumerable.Range(0, D), i => Assert.Equal(prior[i], posterior.Mean[i], 1e-6));
    }

    [Fact]
    public void Fit_ManyOutcomes_FindsTheWeights()
    {
        var random = new Random(1);
        double[] truth = [.. Enumerable.Range(0, D).Select(_ => random.NextDouble() - 0.5)];
        (double[] products, double[] responses) = Sums(random, truth, 20_000);

        LinearPosterior posterior = LinearPosterior.Fit(products, responses, new double[D], Filled(1), 0.01);

        Assert.All(Enumerable.Range(0, D), i => Assert.Equal(truth[i], posterior.Mean[i], 0.02));
    }

    [Fact]
    public void Deviate_ManyDraws_HaveTheSpreadOfThePosterior()
    {
        // With x the unit vectors only, the posterior of each weight stands alone: s² / (n + s²/v).
        double[] products = new double[D * (D + 1) / 2];
        for (int i = 0; i < D; i++)
        {
            products[(i * (i + 1) / 2) + i] = 10 * i;
        }

        LinearPosterior posterior = LinearPosterior.Fit(products, new double[D], new double[D], Filled(0.5), 0.25);

        double[,] drawn = Products(posterior);

        Assert.All(Enumerable.Range(0, N), i => Assert.InRange(drawn[i, i] / (0.25 / ((10 * (i + 1)) + 1)), 0.95, 1.05));
    }

    [Fact]
    public void Deviate_FeaturesThatGoTogether_HaveTheCovarianceOfThePosterior()
    {
        var random = new Random(3);
        (double[] products, double[] responses) = Sums(random, new double[D], 300, x =>
        {
            x[2] += x[1];
            x[9] -= x[4];
        });

        LinearPosterior posterior = LinearPosterior.Fit(products, responses, new double[D], Filled(0.5), 0.25);

        double[,] drawn = Products(posterior);
        double[,] expected = Covariance(products, 0.25, 0.25 / 0.25);
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double size = Math.Sqrt(expected[1 + i, 1 + i] * expected[1 + j, 1 + j]);
                Assert.Equal(expected[1 + i, 1 + j] / size, drawn[i, j] / size, 0.04);
            }
        }
    }

    private static double[,] Products(LinearPosterior posterior)
    {
        const int Draws = 20_000;
        double[,] products = new double[N, N];
        Span<float> draw = stackalloc float[N];
        for (ulong seed = 0; seed < Draws; seed++)
        {
            posterior.Deviate(seed * 7919, draw);
            for (int i = 0; i < N; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    products[i, j] += (double)draw[i] * draw[j] / Draws;
                }
            }
        }

        return products;
    }

    // s² (A + s²/v)⁻¹, by elimination.
    private static double[,] Covariance(double[] products, double variance, double ofPrior)
    {
        double[,] a = new double[D, 2 * D];
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                a[i, j] = products[(Math.Max(i, j) * (Math.Max(i, j) + 1) / 2) + Math.Min(i, j)] + (i == j ? ofPrior : 0);
            }

            a[i, D + i] = variance;
        }

        for (int i = 0; i < D; i++)
        {
            double pivot = a[i, i];
            for (int j = 0; j < 2 * D; j++)
            {
                a[i, j] /= pivot;
            }

            for (int k = 0; k < D; k++)
            {
                double factor = a[k, i];
                for (int j = 0; k != i && j < 2 * D; j++)
                {
                    a[k, j] -= factor * a[i, j];
                }
            }
        }

        double[,] inverse = new double[D, D];
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                inverse[i, j] = a[i, D + j];
            }
        }

        return inverse;
    }

    private static double[] Filled(double value)
    {
        double[] filled = new double[D];
        Array.Fill(filled, value);
        return filled;
    }

    private static (double[] Products, double[] Responses) Sums(Random random, double[] truth, int count, Action<double[]>? change = null)
    {
        double[] products = new double[D * (D + 1) / 2];
        double[] responses = new double[D];
        for (int n = 0; n < count; n++)
        {
            double[] x = [.. Enumerable.Range(0, D).Select(i => i == 0 ? 1 : random.NextDouble() - 0.5)];
            change?.Invoke(x);
            double y = x.Zip(truth).Sum(p => p.First * p.Second) + (0.1 * (random.NextDouble() - 0.5));
            for (int i = 0, at = 0; i < D; i++)
            {
                responses[i] += y * x[i];
                for (int j = 0; j <= i; j++, at++)
                {
                    products[at] += x[i] * x[j];
                }
            }
        }

        return (products, responses);
    }
}
