using Footprint.Grid.Core.Learning;
using FsCheck;
using FsCheck.Fluent;
using Line = Footprint.Grid.Core.Learning.NeighbourQueue.Line;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class NeighbourQueueTests
{
    private readonly NeighbourQueue _queue = new();
    private readonly List<LearnedItem> _items = [.. Enumerable.Range(0, 1000).Select(i => new LearnedItem($"i{i}"))];

    [Fact]
    public void TryTake_SomeDue_TheNewestOfThoseFirst()
    {
        Add(Line.Later, 0, 1);
        Add(Line.Due, 2, 3);
        Add(Line.Changed, 4, 5);

        Assert.Equal([3, 2, 5, 4, 0, 1], TakeAll());
    }

    [Fact]
    public void Add_Again_WaitsOnceAndIsNewAgain()
    {
        Add(Line.Later, 0, 1, 0);
        Add(Line.Due, 2, 3, 2);
        Add(Line.Changed, 2);

        Assert.Equal((4, 2), (_queue.Count, _queue.Due));
        Assert.Equal([2, 3, 0, 1], TakeAll());
    }

    [Fact]
    public void Add_DueMeanwhile_MovesAheadAndIsTakenOnce()
    {
        Add(Line.Later, 0, 1);
        Add(Line.Changed, 1);
        Add(Line.Due, 1);

        Assert.Equal(2, _queue.Count);
        Assert.Equal([1, 0], TakeAll());
    }

    [Fact]
    public void TryTake_MoreComeThanAreTaken_TheNewestGoFirstAndNobodyWaitsForEver()
    {
        // Arrange: every line has some that nothing new is learned of.
        Add(Line.Due, 0);
        Add(Line.Changed, 1);
        Add(Line.Later, 2);
        var taken = new List<int>();

        // Act: at each step one more is due than are taken.
        for (int next = 3; next + 2 < _items.Count; next += 2)
        {
            Add(Line.Due, next, next + 1);
            Assert.True(_queue.TryTake(_items, out int number));
            taken.Add(number);
        }

        // Assert
        Assert.Superset(new HashSet<int>([0, 1, 2]), taken[..16].ToHashSet());
        Assert.True(taken.Select((number, step) => number == 4 + (2 * step)).Count(isNewest => isNewest) >= taken.Count * 5 / 8);
    }

    [Fact]
    public void Queue_AnyCalls_GivesEachThatWaitsOnce() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var queue = new NeighbourQueue();
        List<LearnedItem> items = [.. Enumerable.Range(0, 12).Select(i => new LearnedItem($"i{i}"))];
        var waiting = new Dictionary<int, Line>();
        for (int step = 0; step < 300; step++)
        {
            if (random.Next(2) == 0)
            {
                (int number, var line) = (random.Next(items.Count), (Line)random.Next(1, 4));
                queue.Add(items, number, line);
                waiting[number] = (Line)Math.Max((int)waiting.GetValueOrDefault(number), (int)line);
            }
            else
            {
                Assert.Equal(waiting.Count > 0, queue.TryTake(items, out int number));
                Assert.True(number < 0 || waiting.Remove(number));
            }

            Assert.Equal((waiting.Count, waiting.Values.Count(l => l == Line.Due)), (queue.Count, queue.Due));
            Assert.All(items, (item, i) => Assert.Equal(waiting.GetValueOrDefault(i), item.Waits.Line));
        }
    }).QuickCheckThrowOnFailure();

    private void Add(Line line, params int[] numbers)
    {
        foreach (int number in numbers)
        {
            _queue.Add(_items, number, line);
        }
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
