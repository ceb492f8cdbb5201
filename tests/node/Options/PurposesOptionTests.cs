namespace Footprint.Grid.Node.Tests.Options;

public sealed class PurposesOptionTests
{
    private readonly OptionsTestBed _bed = new();

    [Theory]
    [InlineData("""{"Name":"default"}""")]
    [InlineData("""{"Name":"default","Purposes":["loyalty","club_2"]}""", "loyalty", "club_2")]
    [InlineData("""{"Name":"default","Purposes":"loyalty, loyalty"}""", "loyalty")]
    public void Tenants_Purposes_AreThoseThatAreSaid(string tenant, params string[] purposes)
    {
        _bed.Settings = $$"""{"Tenants":[{{tenant}}]}""";

        Assert.Equal(purposes, Assert.Single(_bed.ReadValid().Process.Tenants).Purposes);
    }

    [Theory]
    [InlineData("""["sharing"]""", "none of personalization")]
    [InlineData("""["*"]""", "a letter first")]
    [InlineData("""["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q"]""", "at most 16")]
    public void Tenants_PurposesThatAreNone_AreToldWithTheirPlace(string purposes, string limit)
    {
        _bed.Settings = $$"""{"Tenants":[{"Name":"default","Purposes":{{purposes}}}]}""";

        Assert.Contains(_bed.Read().Faults, fault => fault.Option == "Tenants[0].Purposes" && fault.ToString().Contains(limit));
    }
}
