namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>Each reader of the profile that forgets to ask what is withheld is found out by the twins.</summary>
public sealed class MutantTests(MutatedCore mutated) : IClassFixture<MutatedCore>
{
    private const int Enough = 2_000;

    public static TheoryData<string> Names => [.. Mutants.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Twins_OneReaderForgetsToAsk_AreToldApart(string name) =>
        Assert.NotEqual("", mutated.FirstDifference(Array.FindIndex(Mutants.All, mutant => mutant.Name == name), Enough));

    [Fact]
    public void Twins_EveryReaderAsks_AreNot() => Assert.Equal("", mutated.FirstDifference(-1, 200));
}
