namespace Footprint.Grid.Bench.Bandit;

/// <summary>What came of a pick.</summary>
/// <param name="Round">In which it was shown.</param>
/// <param name="Visitor">To whom.</param>
/// <param name="Place">On its page, from 0 on.</param>
/// <param name="Item">Which.</param>
/// <param name="IsLiked">Whether the visitor liked it.</param>
internal readonly record struct BanditOutcome(int Round, int Visitor, int Place, int Item, bool IsLiked);
