namespace Footprint.Grid.Bench.Bandit;

/// <summary>Fills a page with different items in each round and hears later which were liked.</summary>
internal interface IBanditPolicy
{
    string Name { get; }

    void Choose(int round, int visitor, bool app, Span<int> page);

    /// <summary>
    /// What came of a pick of an earlier round, of all picks: also that one was not liked is told when it would have been,
    /// which nobody knows in earnest, and which the grid makes no use of.
    /// </summary>
    void Learn(int now, in BanditOutcome outcome);
}
