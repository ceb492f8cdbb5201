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
            _set.Add(round % 7, 0.5f);

            Assert.Equal(1, _set.Count);
            Assert.Equal(0.5f, _set.CoVisit(0));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(6144)]
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
