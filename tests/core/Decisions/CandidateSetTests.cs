using Footprint.Grid.Core.Decisions;

namespace Footprint.Grid.Core.Tests.Decisions;

public sealed class CandidateSetTests
{
    private readonly CandidateSet _set = new();

    [Fact]
    public void Clear_MoreOftenThanGenerationsAreNumbered_NothingComesBack()
    {
        for (int round = 0; round < 70_000; round++)
        {
            _set.Clear(most: 300);
            _set.Add(round % 7);
            _set.Add(round % 7, 0.5f, source: 0);

            Assert.Equal(1, _set.Count);
            Assert.Equal(0.5f, _set.CoVisits[0]);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(CandidateSet.Most)]
    public void Add_AsManyAsWereSaid_AllInAndExcludedOnesOut(int most)
    {
        _set.Clear(most);
        for (int slot = 0; slot < most; slot++)
        {
            _set.Add(slot * 31);
        }

        _set.Exclude(0);

        Assert.Equal(most, _set.Count);
        Assert.Equal([-1, .. Enumerable.Range(1, most - 1).Select(slot => slot * 31)], _set.Slots.ToArray());
    }

    [Fact]
    public void Prune_MoreThanAreLeft_TheGreatestSumsAndAllThatAreWantedAnyway()
    {
        // Arrange: sums rise with the slot; two of the least are wanted for something else, before or after.
        _set.Clear(most: 300);
        _set.Add(1);
        for (int slot = 0; slot < 200; slot++)
        {
            _set.Add(slot, 1 + slot, source: 0);
        }

        _set.Add(2);
        _set.AddIfIn(3, 1000, source: 0);

        // Act
        _set.Prune(50);

        // Assert
        int[] left = [.. _set.Slots.ToArray().Where(s => s >= 0)];
        Assert.Contains(1, left);
        Assert.Contains(2, left);
        Assert.Contains(3, left);
        Assert.InRange(left.Length, 52, 58);
        Assert.All(left.Where(s => s > 3), s => Assert.InRange(s, 145, 199));
    }

    [Fact]
    public void Prune_AllTheSameOrFew_NothingIsLeftOut()
    {
        _set.Clear(most: 300);
        for (int slot = 0; slot < 100; slot++)
        {
            _set.Add(slot, 0.5f, source: 0);
        }

        _set.Prune(100);
        _set.Prune(10);

        Assert.DoesNotContain(-1, _set.Slots.ToArray());
    }

    [Fact]
    public void Sources_OfTerms_ThoseThatTheyCameFromAndAllForWhatIsNotIn()
    {
        _set.Clear(most: 10);
        _set.Add(1, 0.5f, source: 2);
        _set.AddIfIn(1, 0.5f, source: 15);
        _set.AddIfIn(1, 0.5f, source: CandidateSet.SourcesKnown);
        _set.Add(2);
        _set.Add(3, 0.5f, source: 1);
        _set.Exclude(3);

        Assert.Equal([0x8004u, 0u, 0xFFFFu, 0xFFFFu], new[] { 1, 2, 3, 4 }.Select(_set.Sources));
    }

    [Fact]
    public void Add_FarMoreThanWereSaid_LeftOut()
    {
        _set.Clear(most: 1);
        for (int slot = 0; slot < 10_000; slot++)
        {
            _set.Add(slot);
        }

        Assert.InRange(_set.Count, 1, CandidateSet.Most);
    }
}
