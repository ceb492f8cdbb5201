using Footprint.Grid.Core.Audience;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Audience;

/// <summary>What leaves the gate, for any counts.</summary>
public sealed class AudienceGateTests
{
    private static Arbitrary<(int K, long Clients, long More)> Counts => (
        from k in Gen.Choose(1, 200)
        from clients in Gen.Choose(0, 1000)
        from more in Gen.Choose(0, 5000)
        select (k, (long)clients, (long)more)).ToArbitrary();

    [Fact]
    public void Clients_AnyNumber_IsAMultipleThatHidesLessThanOneMinimumOrNothing() => Prop.ForAll(Counts, c =>
    {
        long said = new AudienceGate(c.K).Clients(c.Clients).Value;

        return said % c.K == 0 && said <= c.Clients && c.Clients - said < c.K && (c.Clients >= c.K || said == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Number_OfFewerClientsThanTheMinimum_IsNotSaidHoweverLarge() => Prop.ForAll(Counts, c =>
    {
        long number = c.Clients + c.More;
        long said = new AudienceGate(c.K).Number(number, c.Clients).Value;

        return said % c.K == 0 && said <= number && (c.Clients >= c.K ? number - said < c.K : said == 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Share_OfAnyTwoCounts_LiesWithTheExactOneBetweenItsBounds() => Prop.ForAll(Counts, c =>
    {
        var gate = new AudienceGate(c.K);
        if (gate.Share(gate.Clients(c.Clients), gate.Clients(c.More)) is not { } share)
        {
            return c.Clients < c.K && c.More < c.K;
        }

        // Exact within rounding: the bounds are reached when nothing was taken away.
        double exact = (double)c.Clients / (c.Clients + c.More);
        return share.Least <= share.Value && share.Value <= share.Most && share.Least <= exact + 1e-12 && exact <= share.Most + 1e-12 && share.Most <= 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Share_SamePublishedCounts_SameWhateverIsBehindThem()
    {
        var gate = new AudienceGate(50);

        AudienceShare? one = gate.Share(gate.Clients(100), gate.Clients(49));
        AudienceShare? other = gate.Share(gate.Clients(149), gate.Clients(0));

        Assert.Equal(one, other);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(49, 0)]
    [InlineData(50, 50)]
    [InlineData(99, 50)]
    [InlineData(100, 100)]
    public void Clients_MinimumOfFifty_RoundsDown(long clients, long said) =>
        Assert.Equal(said, new AudienceGate(MinimumAudience.Default).Clients(clients).Value);
}
