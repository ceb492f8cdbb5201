using Footprint.Grid.Conformance;
using Footprint.Grid.Grains.Definitions;

namespace Footprint.Grid.Grains.Tests.Definitions;

public sealed class FollowersTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Have_EverySiloSaidSo_IsAtOnce()
    {
        var followers = new Followers(_time);
        followers.Asked("a", 1);
        followers.Asked("b", 1);

        Task<int> have = followers.HaveAsync(2);
        followers.Asked("a", 2);
        Assert.False(have.IsCompleted);
        followers.Asked("b", 3);

        Assert.Equal(0, await have.Within("both have it"));
    }

    [Fact]
    public async Task Have_ASiloThatNeverSays_IsWaitedForTwoSecondsAndForgotten()
    {
        var followers = new Followers(_time);
        followers.Asked("a", 1);

        Task<int> have = followers.HaveAsync(2);
        _time.Advance(Followers.Patience - TimeSpan.FromMilliseconds(1));
        Assert.False(have.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, await have.Within("the wait ends"));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await followers.HaveAsync(2).Within("nobody is left"));
        Assert.Equal(0, followers.Count);
    }

    [Fact]
    public async Task Have_ASiloThatLeaves_IsNotWaitedFor()
    {
        var followers = new Followers(_time);
        followers.Asked("a", 1);

        Task<int> have = followers.HaveAsync(2);
        followers.Left("a");

        Assert.Equal(0, await have.Within("the wait ends"));
    }
}
