using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>What no purpose may use is not kept: not for a moment where it was forbidden before, and no longer once it is.</summary>
public sealed class KeptTests
{
    [Fact]
    public void Profile_AnythingDoneAndForbiddenBeforeOrAfter_HoldsNothingOfIt() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var world = new KeptWorld(seed);
        string leak = world.Leak();

        return (leak.Length == 0).Label($"forbidden: {world.Forbidden}; kept: {leak}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    /// <summary>What is kept of what was forbidden, the first of so many; empty for nothing.</summary>
    internal static string FirstLeak(int fromSeed, int count) =>
        Enumerable.Range(fromSeed, count).Select(seed => new KeptWorld(seed).Leak() is { Length: > 0 } leak ? leak : ForgottenTests.Trace(seed)).FirstOrDefault(leak => leak.Length > 0, "");
}
