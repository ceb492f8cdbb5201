using System.Numerics;

namespace Footprint.Grid.Core.Learning.Counts;

/// <summary>
/// Rows of counts of one kind, being added up: what clients' profiles come to, told as differences. Safe from any thread;
/// a row of nothing is dropped, and rows past the bound are left out.
/// </summary>
/// <typeparam name="TKey">What a row is about.</typeparam>
/// <typeparam name="TSums">Its numbers; the default is none.</typeparam>
/// <typeparam name="TRow">The row as it is stored and sent; the number of each may be negative.</typeparam>
/// <typeparam name="TPublished">What is known from all rows, immutable.</typeparam>
internal abstract class CountTable<TKey, TSums, TRow, TPublished>(TPublished empty)
    where TKey : notnull
    where TSums : struct, IAdditionOperators<TSums, TSums, TSums>
    where TPublished : class
{
    public const int MostRows = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, TSums> _rows = [];
    private TPublished _published = empty;
    private bool _hasNew;

    public void Add(TRow row)
    {
        lock (_lock)
        {
            TKey key = Key(row);
            bool isKnown = _rows.TryGetValue(key, out TSums sums);
            if (!isKnown && _rows.Count >= MostRows && Subject(key).Length > 0)
            {
                return;
            }

            sums += Load(row);
            if (sums.Equals(default(TSums)))
            {
                _rows.Remove(key);
            }
            else
            {
                _rows[key] = sums;
            }

            _hasNew = true;
        }
    }

    /// <summary>All rows, in order.</summary>
    public IReadOnlyList<TRow> Save()
    {
        lock (_lock)
        {
            return [.. _rows.OrderBy(r => Subject(r.Key), StringComparer.Ordinal).ThenBy(r => Rank(r.Key)).Select(r => Save(r.Key, r.Value))];
        }
    }

    /// <summary>Likewise those of one shard of knowledge.</summary>
    public IEnumerable<TRow> Save(int shard) => Save().Where(row => KnowledgeGatherer.Shard(Subject(Key(row))) == shard);

    /// <summary>Takes all rows out.</summary>
    public IReadOnlyList<TRow> Take()
    {
        lock (_lock)
        {
            IReadOnlyList<TRow> rows = Save();
            _rows.Clear();
            return rows;
        }
    }

    /// <summary>These rows in place of all that are of a shard.</summary>
    public void Replace(int shard, IEnumerable<TRow> rows)
    {
        lock (_lock)
        {
            foreach (TKey key in _rows.Keys.Where(k => KnowledgeGatherer.Shard(Subject(k)) == shard).ToArray())
            {
                _rows.Remove(key);
            }

            foreach (TRow row in rows)
            {
                Add(row);
            }

            _hasNew = true;
        }
    }

    /// <summary>What they are now; the same object when nothing changed.</summary>
    public TPublished Publish()
    {
        lock (_lock)
        {
            _published = _hasNew ? Publish(_rows) : _published;
            _hasNew = false;
            return _published;
        }
    }

    protected abstract TKey Key(TRow row);

    /// <summary>What it is about, by which rows go to shards; empty for all together, for which there is always room.</summary>
    protected abstract string Subject(TKey key);

    /// <summary>Its place among the rows about the same.</summary>
    protected abstract int Rank(TKey key);

    protected abstract TSums Load(TRow row);

    protected abstract TRow Save(TKey key, TSums sums);

    protected abstract TPublished Publish(IReadOnlyDictionary<TKey, TSums> rows);
}
