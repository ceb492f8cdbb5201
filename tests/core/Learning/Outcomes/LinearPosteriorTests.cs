using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

public sealed class LinearPosteriorTests
{
    private const int D = PickFeatures.Count;

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

        double[] squares = new double[D];
        Span<double> draw = stackalloc double[D];
        for (ulong seed = 0; seed < 20_000; seed++)
        {
            for (int i = 0; i < D; i++)
            {
                draw[i] = Chance.Normal(seed * 7919, (ulong)i);
            }

            posterior.Deviate(draw);
            for (int i = 0; i < D; i++)
            {
                squares[i] += draw[i] * draw[i] / 20_000;
            }
        }

        Assert.All(Enumerable.Range(0, D), i => Assert.InRange(squares[i] / (0.25 / ((10 * i) + 1)), 0.95, 1.05));
    }

    private static double[] Filled(double value)
    {
        double[] filled = new double[D];
        Array.Fill(filled, value);
        return filled;
    }

    private static (double[] Products, double[] Responses) Sums(Random random, double[] truth, int count)
    {
        double[] products = new double[D * (D + 1) / 2];
        double[] responses = new double[D];
        for (int n = 0; n < count; n++)
        {
            double[] x = [.. Enumerable.Range(0, D).Select(i => i == 0 ? 1 : random.NextDouble() - 0.5)];
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
