using Footprint.Grid.Core.Learning;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>Rows of counts being added up. Safe from any thread; rows of topics past the bound are left out.</summary>
internal sealed class ProbeCounts
{
    public const int MostTopics = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Topic, int Level), ProbeSums> _rows = [];
    private ProbeKnowledge _published = ProbeKnowledge.Empty;
    private bool _hasNew;

    public void Add(StoredProbeCount row)
    {
        lock (_lock)
        {
            (string, int) key = (row.Topic, (int)Math.Min(row.Level, EvidenceLevel.Count));
            bool isKnown = _rows.TryGetValue(key, out ProbeSums sums);
            if (!isKnown && _rows.Count >= MostTopics && row.Topic.Length > 0)
            {
                return;
            }

            sums += ProbeSums.Load(row);
            if (sums.IsZero)
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

    /// <summary>All rows, in the order of topics and levels.</summary>
    public IReadOnlyList<StoredProbeCount> Save()
    {
        lock (_lock)
        {
            return [.. _rows.OrderBy(r => r.Key.Topic, StringComparer.Ordinal).ThenBy(r => r.Key.Level).Select(r => r.Value.Save(r.Key.Topic, r.Key.Level))];
        }
    }

    /// <summary>Takes all rows out.</summary>
    public IReadOnlyList<StoredProbeCount> Take()
    {
        lock (_lock)
        {
            IReadOnlyList<StoredProbeCount> rows = Save();
            _rows.Clear();
            return rows;
        }
    }

    /// <summary>These rows in place of all that are of a shard.</summary>
    public void Replace(int shard, IEnumerable<StoredProbeCount> rows)
    {
        lock (_lock)
        {
            foreach ((string Topic, int Level) key in _rows.Keys.Where(k => KnowledgeGatherer.Shard(k.Topic) == shard).ToArray())
            {
                _rows.Remove(key);
            }

            foreach (StoredProbeCount row in rows)
            {
                Add(row);
            }

            _hasNew = true;
        }
    }

    /// <summary>What they are now; the same object when nothing changed.</summary>
    public ProbeKnowledge Publish()
    {
        lock (_lock)
        {
            _published = _hasNew ? new ProbeKnowledge(_rows) : _published;
            _hasNew = false;
            return _published;
        }
    }
}
