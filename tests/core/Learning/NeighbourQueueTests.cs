using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class NeighbourQueueTests
{
    private readonly NeighbourQueue _queue = new();
    private readonly List<LearnedItem> _items = [.. Enumerable.Range(0, 4).Select(i => new LearnedItem($"i{i}"))];

    [Fact]
    public void TryTake_SomeDue_ThoseFirst()
    {
        _queue.Add(_items, 0, isDue: false);
        _queue.Add(_items, 1, isDue: true);
        _queue.Add(_items, 2, isDue: false);
        _queue.Add(_items, 3, isDue: true);

        Assert.Equal([1, 3, 0, 2], TakeAll());
    }

    [Fact]
    public void Add_Again_WaitsOnce()
    {
        _queue.Add(_items, 0, isDue: false);
        _queue.Add(_items, 0, isDue: false);
        _queue.Add(_items, 1, isDue: true);
        _queue.Add(_items, 1, isDue: false);

        Assert.Equal(2, _queue.Count);
        Assert.Equal([1, 0], TakeAll());
    }

    [Fact]
    public void Add_DueMeanwhile_MovesAheadAndIsTakenOnce()
    {
        _queue.Add(_items, 0, isDue: false);
        _queue.Add(_items, 1, isDue: false);
        _queue.Add(_items, 1, isDue: true);

        Assert.Equal(2, _queue.Count);
        Assert.Equal([1, 0], TakeAll());
    }

    private List<int> TakeAll()
    {
        var taken = new List<int>();
        while (_queue.TryTake(_items, out int number))
        {
            taken.Add(number);
        }

        Assert.Equal(0, _queue.Count);
        return taken;
    }
}
