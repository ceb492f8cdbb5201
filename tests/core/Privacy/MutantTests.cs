namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// Each reader of the profile that forgets to ask what is withheld is found out by the twins, whatever keeps what may not be kept
/// by what is there then, and whatever forgets too little or too much by those who never had it.
/// </summary>
public sealed class MutantTests(MutatedCore mutated) : IClassFixture<MutatedCore>
{
    private const int Enough = 2_000;

    private static readonly (Func<int, int, string> Check, Mutants.Mutant[] Mutants)[] _checks =
    [
        (WithheldTests.FirstDifference, Mutants.Readers),
        (KeptTests.FirstLeak, KeepingMutants.All),
        (ForgottenTests.FirstTrace, ForgettingMutants.OfConsent),
        (ExpiredTests.FirstTrace, ForgettingMutants.OfAge),
    ];

    public static TheoryData<string> Checked => [.. _checks.SelectMany(check => check.Mutants).Select(mutant => mutant.Name)];

    public static TheoryData<int> Checks => [.. Enumerable.Range(0, _checks.Length)];

    public static TheoryData<string> Lines => [.. ForgettingMutants.Lines.Select(line => line.Fault.Name)];

    [Theory]
    [MemberData(nameof(Checked))]
    public void Check_OneLineIsAtFault_IsNoticed(string name) =>
        Assert.NotEqual("", mutated.First(name, _checks.Single(check => check.Mutants.Any(mutant => mutant.Name == name)).Check, Enough));

    [Theory]
    [MemberData(nameof(Checks))]
    public void Check_NoneIs_NothingIsNoticed(int check) => Assert.Equal("", mutated.First("", _checks[check].Check, 200));

    [Theory]
    [MemberData(nameof(Lines))]
    public void Test_TheLineThatItHoldsIsAtFault_Fails(string name)
    {
        ForgettingMutants.Line line = ForgettingMutants.Lines.Single(line => line.Fault.Name == name);

        Assert.NotEqual("", mutated.Failure(name, line.Test));
        Assert.Equal("", mutated.Failure("", line.Test));
    }
}
