using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class ShardedBufferTests
{
    [Fact]
    public void Drain_AddedToManyShards_AllInTheOrderOfTheirTimesOnce()
    {
        var buffer = new ShardedBuffer<(long Time, int Part)>(100, entry => entry.Time);
        for (int time = 0; time < 50; time++)
        {
            buffer.Add(time * 5, [(time, 0), (time, 1)], observations: 1);
        }

        var drained = new List<(long Time, int Part)>();
        buffer.Drain(drained.Add);
        buffer.Drain(drained.Add);

        Assert.Equal(Enumerable.Range(0, 50).SelectMany(time => new[] { ((long)time, 0), (time, 1) }), drained);
    }

    [Fact]
    public void Add_MoreThanTheBound_DroppedWholeAndCounted()
    {
        var buffer = new ShardedBuffer<long>(3, time => time);

        buffer.Add(0, [1, 2], observations: 1);
        buffer.Add(0, [3, 4], observations: 1);

        var drained = new List<long>();
        buffer.Drain(drained.Add);
        Assert.Equal([1, 2], drained);
        Assert.Equal(1, buffer.Dropped);
    }
}
