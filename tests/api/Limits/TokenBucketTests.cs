using Footprint.Grid.Api.Limits;
using Footprint.Grid.Api.Tests.Support;
using Footprint.Grid.Conformance;

namespace Footprint.Grid.Api.Tests.Limits;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Take_BurstThenRate_HoldsExactly()
    {
        var bucket = new TokenBucket(rate: 10, burst: 5, _time);

        Assert.Equal(5, Take(bucket, 20));
        Assert.False(bucket.TryTake(_time.GetTimestamp(), out var wait));
        Assert.Equal(TimeSpan.FromMilliseconds(100), wait);

        _time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(3, Take(bucket, 20));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, Take(bucket, 20));
    }

    [Fact]
    public async Task Take_ManyThreads_NeverMoreThanTheBurst()
    {
        var bucket = new TokenBucket(rate: 0.001, burst: 1000, _time);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Take(bucket, 1000))));

        Assert.Equal(1000, taken.Sum());
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e-9)]
    public void Take_ExtremeRates_OneOfOne(double rate)
    {
        var bucket = new TokenBucket(rate, burst: 1, _time);

        Assert.True(bucket.TryTake(_time.GetTimestamp(), out _));
        Assert.False(bucket.TryTake(_time.GetTimestamp(), out _));
    }

    private int Take(TokenBucket bucket, int tries) => Enumerable.Range(0, tries).Count(_ => bucket.TryTake(_time.GetTimestamp(), out var _));
}
