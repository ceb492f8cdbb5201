namespace Footprint.Grid.Bench.Bandit;

/// <summary>Chooses one item a round and hears later whether it was liked.</summary>
internal interface IBanditPolicy
{
    string Name { get; }

    int Choose(int round, int visitor, bool app);

    /// <summary>What came of the choice of an earlier round; only likes are told where <paramref name="liked"/> is true, the rest in time.</summary>
    void Learn(int round, int visitor, bool app, int item, bool liked);
}
