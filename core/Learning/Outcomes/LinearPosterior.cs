namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// Bayesian linear regression of what a pick is worth on its features: with noise s², prior N(m, diag(v)) and sums
/// A = Σ x x', b = Σ y x, the posterior is N(P⁻¹(b + s² m / v), s² P⁻¹) for P = A + s² diag(1 / v) (Bishop, Pattern
/// Recognition and Machine Learning, 3.3). A sample of it is a draw of Thompson sampling (Agrawal and Goyal, ICML 2013).
/// </summary>
internal sealed class LinearPosterior
{
    private const int D = PickFeatures.Count;

    // Lower triangle of P's Cholesky factor, row by row.
    private readonly double[] _factor;
    private readonly double _noise;
    private readonly float[] _mean = new float[D];
    private readonly float[] _prior = new float[D];

    private LinearPosterior(double[] factor, double noise)
    {
        _factor = factor;
        _noise = noise;
    }

    public ReadOnlySpan<float> Mean => _mean;

    public ReadOnlySpan<float> Prior => _prior;

    /// <param name="products">Sums of x[i] * x[j], j not above i, row by row.</param>
    /// <param name="responses">Sums of y * x[i].</param>
    /// <param name="prior">Mean of the prior.</param>
    /// <param name="deviation">Standard deviation of the prior.</param>
    /// <param name="variance">Of the noise.</param>
    public static LinearPosterior Fit(
        ReadOnlySpan<double> products, ReadOnlySpan<double> responses, ReadOnlySpan<double> prior, ReadOnlySpan<double> deviation, double variance)
    {
        double[] factor = products.ToArray();
        Span<double> right = stackalloc double[D];
        for (int i = 0; i < D; i++)
        {
            double weight = variance / (deviation[i] * deviation[i]);
            factor[At(i, i)] += weight;
            right[i] = responses[i] + (weight * prior[i]);
        }

        Factorize(factor);
        var posterior = new LinearPosterior(factor, Math.Sqrt(variance));
        posterior.SolveLower(right);
        posterior.SolveUpper(right);
        for (int i = 0; i < D; i++)
        {
            posterior._mean[i] = (float)right[i];
            posterior._prior[i] = (float)prior[i];
        }

        return posterior;
    }

    /// <summary>Makes independent standard normal numbers a draw from the posterior, less its mean.</summary>
    public void Deviate(Span<double> normal)
    {
        SolveUpper(normal);
        for (int i = 0; i < D; i++)
        {
            normal[i] *= _noise;
        }
    }

    private static int At(int i, int j) => (i * (i + 1) / 2) + j;

    private static void Factorize(double[] a)
    {
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[At(i, j)];
                for (int k = 0; k < j; k++)
                {
                    sum -= a[At(i, k)] * a[At(j, k)];
                }

                // Rounding alone can take a pivot below zero; the prior's part of it is never less than this.
                a[At(i, j)] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / a[At(j, j)];
            }
        }
    }

    private void SolveLower(Span<double> x)
    {
        for (int i = 0; i < D; i++)
        {
            double sum = x[i];
            for (int k = 0; k < i; k++)
            {
                sum -= _factor[At(i, k)] * x[k];
            }

            x[i] = sum / _factor[At(i, i)];
        }
    }

    private void SolveUpper(Span<double> x)
    {
        for (int i = D - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < D; k++)
            {
                sum -= _factor[At(k, i)] * x[k];
            }

            x[i] = sum / _factor[At(i, i)];
        }
    }
}
