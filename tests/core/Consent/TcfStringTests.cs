using Footprint.Grid.Core.Consent.Tcf;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Consent;

public sealed class TcfStringTests
{
    private const long Updated = 1_790_000_000_000;

    [Theory]
    [InlineData("", "characters")]
    [InlineData("C", "the core segment ends within the time of its creation")]
    [InlineData("BQuFeUAQuFeUAAfACBENChFgAAAAAAAAAAiQAAAAAAAA", "it is of version 1")]
    [InlineData("CQuFeUAQuFeU!AfACBENChFgAAAAAAAAAAiQAAAAAAAA", "not base64url, at 12")]
    [InlineData("CQuFeUAQuFeUAAfACBENChFgAAAAAAAAAAiQAAAAAAAA.YAAAAAAAAAAA.YAAAAAAAAAAA", "two segments of type 3")]
    [InlineData("CQuFeUAQuFeUAAfACBENChFgAAAAAAAAAAiQAAAAAAAA.gAAA", "a segment is of type 4")]
    [InlineData("CQuFeUAQuFeUAAfACBENChFgAAAAAAAAAAiQAAAAAAAA.", "ends within its type")]
    [InlineData("a.b.c.d.e.f.g", "too many segments")]
    public void Parse_Wrong_SaysWhatIsWrong(string text, string message)
    {
        var fault = Assert.Throws<TcfException>(() => TcfString.Parse(text));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Limit);
    }

    [Fact]
    public void Parse_TooLong_IsRefused() =>
        Assert.Throws<TcfException>(() => TcfString.Parse(new string('C', TcfString.MaxLength + 1)));

    [Fact]
    public void Parse_RangeOutOfOrder_IsRefused()
    {
        string text = TcfWriter.Core(Updated, 0, 0, 0).Ranges(20, (9, 3)).Vendors().Number(0, 12).ToString();

        var fault = Assert.Throws<TcfException>(() => TcfString.Parse(text));

        Assert.Contains("from vendor 9 to 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AnyPurposesAndVendors_ReadsThem()
    {
        Gen<int[]> purposes = Gen.SubListOf(Enumerable.Range(1, 24).ToArray()).Select(l => l.ToArray());
        Gen<int[]> vendors = Gen.Choose(1, 300).ListOf().Select(l => l.Distinct().Take(20).ToArray());
        Prop.ForAll(purposes.Two().Zip(vendors).ToArbitrary(), x =>
        {
            ((int[] consents, int[] interests), int[] some) = x;
            TcfString tcf = TcfString.Parse(TcfWriter.Of(Updated, [1], consents, interests, some));
            return Updated == tcf.UpdatedMs
                && Enumerable.Range(0, 30).All(p => tcf.PurposesConsent.Has(p) == consents.Contains(p)
                    && tcf.PurposesLegitimateInterest.Has(p) == interests.Contains(p))
                && Enumerable.Range(0, 400).All(v => tcf.VendorConsents.Has(v) == some.Contains(v));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Parse_Ranges_AreTheSetTheyName()
    {
        string text = TcfWriter.Core(Updated, 0, 0, 0).Ranges(70, (3, 5), (4, 9), (65, 65)).Ranges(1).Number(0, 12).ToString();

        TcfString tcf = TcfString.Parse(text);

        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 65], Enumerable.Range(0, 100).Where(tcf.VendorConsents.Has));
    }

    [Theory]
    [InlineData(0, 4, false)]
    [InlineData(1, 4, true)]
    [InlineData(2, 4, false)]
    [InlineData(0, 7, false)]
    [InlineData(1, 7, true)]
    [InlineData(2, 7, true)]
    public void Allows_RestrictedVendor_GoesByTheRestriction(int kind, int purpose, bool allowed)
    {
        int all = TcfWriter.Flags([3, 4, 7], 24);
        string text = TcfWriter.Core(Updated, 0, all, all).Vendors(9, 10).Vendors(9, 10)
            .Number(1, 12).Number(purpose, 6).Number(kind, 2).Number(1, 12).Number(0, 1).Number(9, 16).ToString();

        TcfString tcf = TcfString.Parse(text);

        Assert.Equal(allowed, tcf.Allows(9, purpose));
        Assert.True(tcf.Allows(10, purpose));
        Assert.False(tcf.Allows(11, purpose));
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void Allows_LegitimateInterestAlone_DoesNotDoForProfiles(int purpose, bool allowed)
    {
        TcfString tcf = TcfString.Parse(TcfWriter.Of(Updated, [], [], [3, 6, 7], [5]));

        Assert.Equal(allowed, tcf.Allows(5, purpose));
        Assert.Equal(allowed, tcf.AllowsPublisher(purpose));
    }

    [Fact]
    public void Allows_VendorNotDisclosed_IsRefused()
    {
        string core = TcfWriter.Of(Updated, [], [4], [], [5, 6]);
        string disclosed = new TcfWriter().Number(1, 3).Vendors(6).ToString();

        TcfString tcf = TcfString.Parse($"{core}.{disclosed}");

        Assert.False(tcf.Allows(5, 4));
        Assert.True(tcf.Allows(6, 4));
    }

    [Fact]
    public void AllowsPublisher_OwnSegment_GoesBeforeTheCoreUnlessItIsEmpty()
    {
        string core = TcfWriter.Of(Updated, [], [5, 6], [], []);
        string own = new TcfWriter().Number(3, 3).Number(TcfWriter.Flags([3], 24), 24).Number(0, 24).Number(0, 6).ToString();
        string empty = new TcfWriter().Number(3, 3).Number(0, 24).Number(0, 24).Number(0, 6).ToString();

        Assert.False(TcfString.Parse($"{core}.{own}").AllowsPublisher(5));
        Assert.True(TcfString.Parse($"{core}.{own}").AllowsPublisher(3));
        Assert.True(TcfString.Parse($"{core}.{empty}").AllowsPublisher(5));
    }
}
