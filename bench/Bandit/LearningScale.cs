using System.Globalization;
using Footprint.Grid.Bench.Micro;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.V1;
using Spectre.Console;

namespace Footprint.Grid.Bench.Bandit;

/// <summary>
/// What one publication of knowledge costs where so many items are known, each gone with some dozens of others: after one act, after more
/// than one publication takes, and while all items are looked at again because their counts faded.
/// </summary>
internal sealed class LearningScale
{
    private const int Sitting = 16, Near = 64, Topics = 1000, Times = 21;
    private const long Hour = 3_600_000;
    private readonly Random _random = new(7);
    private readonly KnowledgeBase _knowledge = new();
    private readonly CatalogSnapshot _catalog;
    private readonly int _items;
    private readonly string[] _ids;
    private long _nowMs = 1_800_000_000_000;

    public LearningScale(int items)
    {
        _items = items;
        _ids = [.. Enumerable.Range(0, items).Select(i => $"item-{i}")];
        _catalog = CatalogSnapshot.Empty.With([.. _ids.Select((id, i) => new Item { ItemId = id, Topics = { new TopicWeight { Topic = $"t{i % Topics}", Weight = 1 } } })]);
        for (var sitting = 0; sitting < items / 4; sitting++)
        {
            Act(_random.Next(items), 4);
            if (sitting % 10_000 == 0)
            {
                _knowledge.Publish(_catalog, _nowMs, mostSolved: 0);
            }
        }

        while (_knowledge.Publish(_catalog, _nowMs, _items) is not null && _knowledge.Waiting > 0)
        {
        }
    }

    public Table Run()
    {
        var table = new Table().AddColumns($"publishing with {_items:N0} items known, after", "CPU ms, median", "most", "items looked at", "items that wait");
        Row(table, "nothing", () => { });
        Row(table, "one act with an item and one before", () => Act(_random.Next(_items), 2));
        Row(table, "a hundred acts, each with up to fifteen before", () => Sittings(100 / Sitting));
        Row(table, "four thousand such acts", () => Sittings(4000 / Sitting));
        while (_knowledge.Publish(_catalog, _nowMs, _items) is not null && _knowledge.Waiting > 0)
        {
        }

        _nowMs += 7 * Hour;
        Row(table, "seven hours, an act with an item and one before", () => Act(_random.Next(_items), 2));
        return table;
    }

    private void Sittings(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Act(_random.Next(_items), Sitting);
        }
    }

    private void Row(Table table, string name, Action act)
    {
        var costs = new double[Times];
        var before = _knowledge.Looked;
        for (var i = 0; i < Times; i++)
        {
            act();
            costs[i] = CpuTime.Of(() => _knowledge.Publish(_catalog, _nowMs), 1) / 1000;
        }

        table.AddRow(name, Text(CpuTime.Median(costs)), Text(costs.Max()), ((_knowledge.Looked - before) / Times).ToString("N0", CultureInfo.InvariantCulture), _knowledge.Waiting.ToString("N0", CultureInfo.InvariantCulture));
    }

    // One after the other, near a place.
    private void Act(int place, int acts)
    {
        var previous = new List<string>();
        for (var i = 0; i < acts; i++)
        {
            var id = _ids[(place + _random.Next(Near)) % _items];
            _knowledge.Observe(new ItemObservation(id, _nowMs, 1, [.. previous]));
            previous.Remove(id);
            previous.Insert(0, id);
        }
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
