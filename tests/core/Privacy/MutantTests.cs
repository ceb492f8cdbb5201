namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// Each reader of the profile that forgets to ask what is withheld is found out by the twins, and whatever keeps what may not
/// be kept by what is there then.
/// </summary>
public sealed class MutantTests(MutatedCore mutated) : IClassFixture<MutatedCore>
{
    private const int Enough = 2_000;

    public static TheoryData<string> Readers => [.. Mutants.All.Where((_, i) => Mutants.IsReaders(i)).Select(mutant => mutant.Name)];

    public static TheoryData<string> Keepers => [.. KeepingMutants.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Twins_OneReaderForgetsToAsk_AreToldApart(string name) => Assert.NotEqual("", mutated.FirstDifference(Number(name), Enough));

    [Fact]
    public void Twins_EveryReaderAsks_AreNot() => Assert.Equal("", mutated.FirstDifference(-1, 200));

    [Theory]
    [MemberData(nameof(Keepers))]
    public void Kept_OneGateOrStoreForgetsToAsk_IsThere(string name) => Assert.NotEqual("", mutated.FirstLeak(Number(name), Enough));

    [Fact]
    public void Kept_EveryGateAndStoreAsks_IsNot() => Assert.Equal("", mutated.FirstLeak(-1, 200));

    private static int Number(string name) => Array.FindIndex(Mutants.All, mutant => mutant.Name == name);
}
