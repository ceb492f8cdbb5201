using System.Text.Json.Nodes;
using Footprint.Grid.Core.Consent.Tcf;
using Footprint.Grid.Node.Tests.Wire;

namespace Footprint.Grid.Node.Tests.Signals;

/// <summary>Strings made by the framework's own library say to us what was put into them.</summary>
public sealed class TcfLibraryTests
{
    private const int HighestVendor = 1300;

    [ProgramFact("node", "npm")]
    public async Task Parse_StringsOfTheLibrary_ReadsWhatWasPutIn()
    {
        var samples = (await JsClient.RunAsync("tcf", new Dictionary<string, string>())).AsArray();

        Assert.Equal(5, samples.Count);
        foreach (var sample in samples)
        {
            Compare(sample!, TcfString.Parse((string)sample!["text"]!));
        }
    }

    private static void Compare(JsonNode expected, TcfString tcf)
    {
        Assert.Equal((long)expected["created"]!, tcf.CreatedMs);
        Assert.Equal((long)expected["updated"]!, tcf.UpdatedMs);
        Assert.Equal((int)expected["cmp"]!, tcf.CmpId);
        Assert.Equal((int)expected["list"]!, tcf.VendorListVersion);
        Assert.Equal((string)expected["language"]!, tcf.Language);
        Assert.Equal((string)expected["country"]!, tcf.PublisherCountry);
        Assert.Equal((bool)expected["serviceSpecific"]!, tcf.IsServiceSpecific);
        Assert.Equal(Numbers(expected["features"]!), Numbers(tcf.SpecialFeatures.Has));
        Assert.Equal(Numbers(expected["consents"]!), Numbers(tcf.PurposesConsent.Has));
        Assert.Equal(Numbers(expected["interests"]!), Numbers(tcf.PurposesLegitimateInterest.Has));
        Assert.Equal(Numbers(expected["vendors"]!), Numbers(tcf.VendorConsents.Has));
        Assert.Equal(Numbers(expected["vendorInterests"]!), Numbers(tcf.VendorLegitimateInterests.Has));
        Assert.Equal(Numbers(expected["disclosed"]!), Numbers(v => tcf.DisclosedVendors?.Has(v) == true));
        Assert.Equal(Numbers(expected["publisher"]!), Numbers(p => tcf.PublisherConsent?.Has(p) == true));
        Assert.Equal(Numbers(expected["publisherInterests"]!), Numbers(p => tcf.PublisherLegitimateInterest?.Has(p) == true));
        var restrictions = expected["restrictions"]!.AsArray();
        Assert.Equal(restrictions.Count, tcf.Restrictions.Count);
        foreach (var restriction in restrictions)
        {
            var found = tcf.Restrictions.Single(r => r.Purpose == (int)restriction!["purpose"]! && (int)r.Kind == (int)restriction["kind"]!);
            Assert.Equal(Numbers(restriction!["vendors"]!), Numbers(found.Vendors.Has));
        }
    }

    private static int[] Numbers(JsonNode list) => [.. list.AsArray().Select(number => (int)number!).Order()];

    private static int[] Numbers(Func<int, bool> has) => [.. Enumerable.Range(1, HighestVendor).Where(has)];
}
