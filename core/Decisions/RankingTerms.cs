using System.Runtime.Intrinsics;
using Footprint.Grid.Core.Learning.Outcomes;

namespace Footprint.Grid.Core.Decisions;

/// <summary>The terms of the fixed ranking by kind, in the order of <see cref="PickFeatures"/>, with zeros up to a vector's length.</summary>
internal static class RankingTerms
{
    private static readonly Vector256<float> _ranges = Of(Range(0), Range(1), Range(2), Range(3), Range(4));

    public static Vector256<float> Of(float interest, float coVisit, float popularity, float freshness, float context) =>
        Vector256.Create(interest, coVisit, popularity, freshness, context, 0, 0, 0);

    /// <summary>The greatest value of a term that learning knows.</summary>
    public static float Range(int term) => PickFeatures.Ranges[term];

    /// <summary>Within the ranges that learning knows.</summary>
    public static Vector256<float> Clamp(Vector256<float> terms) => Vector256.MinNative(Vector256.MaxNative(terms, -_ranges), _ranges);
}
