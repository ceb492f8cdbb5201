using System.Runtime.Intrinsics;

namespace Footprint.Grid.Core.Decisions;

/// <summary>One draw of Thompson sampling.</summary>
/// <param name="Seed">Of the draws of each item's own effect.</param>
/// <param name="ToScore">Units of score by probability.</param>
/// <param name="Weights">What is added to the weight of each term of the fixed ranking, as learned and as drawn.</param>
internal readonly record struct ExplorationDraw(ulong Seed, float ToScore, Vector256<float> Weights);
