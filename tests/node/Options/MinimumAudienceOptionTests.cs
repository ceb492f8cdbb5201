namespace Footprint.Grid.Node.Tests.Options;

public sealed class MinimumAudienceOptionTests
{
    private readonly OptionsTestBed _bed = new();

    [Theory]
    [InlineData("""{"Name":"default"}""", 50)]
    [InlineData("""{"Name":"default","MinimumAudience":10}""", 10)]
    public void Tenants_MinimumAudience_IsFiftyUnlessSaid(string tenant, int minimum)
    {
        _bed.Settings = $$"""{"Tenants":[{{tenant}}]}""";

        Assert.Equal(minimum, Assert.Single(_bed.ReadValid().Process.Tenants).MinimumAudience);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("1000001")]
    [InlineData("\"many\"")]
    public void Tenants_MinimumAudienceOutOfRange_IsToldWithItsPlace(string minimum)
    {
        _bed.Settings = $$"""{"Tenants":[{"Name":"default","MinimumAudience":{{minimum}}}]}""";

        Assert.Contains(_bed.Read().Faults, fault => fault.Option == "Tenants[0].MinimumAudience" && fault.ToString().Contains("10 to 1000000"));
    }
}
