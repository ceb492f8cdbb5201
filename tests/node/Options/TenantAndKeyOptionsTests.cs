using Footprint.Grid.Core.Consent;

namespace Footprint.Grid.Node.Tests.Options;

/// <summary>What a tenant says about countries and disclosures, and whom a key acts for.</summary>
public sealed class TenantAndKeyOptionsTests
{
    private readonly OptionsTestBed _bed = new();

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"Disclosures":"30d"}""", 30)]
    public void Tenants_RetentionOfDisclosures_IsReadAndHasADefault(string retention, int days)
    {
        _bed.Settings = $$"""{"Tenants":[{"Name":"default","Retention":{{retention}}}]}""";

        Assert.Equal(TimeSpan.FromDays(days), Assert.Single(_bed.ReadValid().Process.Tenants).Retention.Disclosures);
    }

    [Fact]
    public void Tenants_NoneConfigured_KeepDisclosuresForTheDefaultTime() =>
        Assert.Equal(TimeSpan.FromDays(400), Assert.Single(_bed.ReadValid().Process.Tenants).Retention.Disclosures);

    [Fact]
    public void Tenants_Countries_AreReadWithTheirRegimes()
    {
        _bed.Settings = """{"Tenants":[{"Name":"default","Consent":"opt-out","Countries":{"DE":"opt-in","US":"Opt-Out"}}]}""";

        var tenant = Assert.Single(_bed.ReadValid().Process.Tenants);

        Assert.Equal([("DE", ConsentRegime.OptIn), ("US", ConsentRegime.OptOut)], tenant.Countries.OrderBy(c => c.Key).Select(c => (c.Key, c.Value)));
    }

    [Theory]
    [InlineData("""{"de":"opt-in"}""", "Tenants[0].Countries.de")]
    [InlineData("""{"DEU":"opt-in"}""", "Tenants[0].Countries.DEU")]
    [InlineData("""{"DE":"maybe"}""", "Tenants[0].Countries.DE")]
    [InlineData("""{"DE":""}""", "Tenants[0].Countries.DE")]
    public void Tenants_CountriesThatAreNone_AreToldWithTheirPlace(string countries, string place)
    {
        _bed.Settings = $$"""{"Tenants":[{"Name":"default","Countries":{{countries}}}]}""";

        Assert.Equal(place, _bed.ReadSingleFault().Option);
    }

    [Theory]
    [InlineData("acme", true)]
    [InlineData("*", false)]
    [InlineData("", false)]
    public void Keys_Recipient_IsReadOrRefusedWithItsPlace(string recipient, bool isValid)
    {
        var hash = new string('a', 64);
        _bed.Settings = $$"""{"Keys":[{"Id":"k","Hash":"{{hash}}","Tenant":"default","Scopes":"decide","Recipient":"{{recipient}}"}]}""";

        if (isValid)
        {
            Assert.Equal(recipient, Assert.Single(_bed.ReadValid().Process.Keys).Recipient);
        }
        else
        {
            Assert.Equal("Keys[0].Recipient", _bed.ReadSingleFault().Option);
        }
    }
}
