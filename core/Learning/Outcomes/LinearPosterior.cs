using Footprint.Grid.Core.Decisions;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// Bayesian linear regression of what a pick is worth on its features: with noise s², prior N(m, diag(v)) and sums
/// A = Σ x x', b = Σ y x, the posterior is N(P⁻¹(b + s² m / v), s² P⁻¹) for P = A + s² diag(1 / v) (Bishop, Pattern
/// Recognition and Machine Learning, 3.3). A sample of it is a draw of Thompson sampling (Agrawal and Goyal, ICML 2013).
/// Candidates of one decision differ in the <see cref="PickFeatures.OfItem"/> features of the item alone, and what a draw
/// adds to all alike changes no order, so only their weights are drawn: from the marginal, which is normal with their part
/// of the mean and of the covariance (Bishop, 2.3.2), as R z with R R' that covariance and z standard normal.
/// </summary>
internal sealed class LinearPosterior
{
    private const int D = PickFeatures.Count;

    private const int N = PickFeatures.OfItem;

    // Past all slots of items.
    private const uint FirstPlace = 0xF000_0000;

    private readonly float[] _mean = new float[D];
    private readonly float[] _prior = new float[D];

    // R, its lower triangle row by row.
    private readonly float[] _root = new float[N * (N + 1) / 2];

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
        Span<double> factor = stackalloc double[products.Length];
        products.CopyTo(factor);
        Span<double> right = stackalloc double[D];
        for (int i = 0; i < D; i++)
        {
            double weight = variance / (deviation[i] * deviation[i]);
            factor[At(i, i)] += weight;
            right[i] = responses[i] + (weight * prior[i]);
        }

        Factorize(factor, D);
        var posterior = new LinearPosterior();
        Solve(factor, right);
        posterior.SetRoot(factor, variance);
        for (int i = 0; i < D; i++)
        {
            posterior._mean[i] = (float)right[i];
            posterior._prior[i] = (float)prior[i];
        }

        return posterior;
    }

    /// <summary>What a draw adds to the mean of each weight of an item's features.</summary>
    /// <param name="seed">By which alone it is drawn.</param>
    /// <param name="deviation">As many, and what comes after them is left as it is.</param>
    public void Deviate(ulong seed, Span<float> deviation)
    {
        deviation[..N].Clear();
        for (int j = 0; j < N; j++)
        {
            float normal = Chance.Normal(seed, FirstPlace + (uint)j);
            for (int i = j; i < N; i++)
            {
                deviation[i] += _root[At(i, j)] * normal;
            }
        }
    }

    // As correlations, so that it is not for their size that pivots are small.
    private void SetRoot(ReadOnlySpan<double> factor, double variance)
    {
        Span<double> root = stackalloc double[N * (N + 1) / 2];
        Span<double> size = stackalloc double[N];
        Span<double> column = stackalloc double[D];
        for (int j = 0; j < N; j++)
        {
            column.Clear();
            column[1 + j] = variance;
            Solve(factor, column);
            size[j] = Math.Sqrt(column[1 + j]);
            for (int i = j; i < N; i++)
            {
                root[At(i, j)] = column[1 + i];
            }
        }

        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                root[At(i, j)] /= size[i] * size[j];
            }
        }

        Factorize(root, N);
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                _root[At(i, j)] = (float)(size[i] * root[At(i, j)]);
            }
        }
    }

    private static int At(int i, int j) => (i * (i + 1) / 2) + j;

    private static void Factorize(Span<double> a, int size)
    {
        for (int i = 0; i < size; i++)
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

    private static void Solve(ReadOnlySpan<double> factor, Span<double> x)
    {
        for (int i = 0; i < D; i++)
        {
            double sum = x[i];
            for (int k = 0; k < i; k++)
            {
                sum -= factor[At(i, k)] * x[k];
            }

            x[i] = sum / factor[At(i, i)];
        }

        for (int i = D - 1; i >= 0; i--)
        {
            double sum = x[i];
            for (int k = i + 1; k < D; k++)
            {
                sum -= factor[At(k, i)] * x[k];
            }

            x[i] = sum / factor[At(i, i)];
        }
    }
}
