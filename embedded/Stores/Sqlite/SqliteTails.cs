using System.Collections.Concurrent;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>What the journal held when it was opened, by client, until a checkpoint covers it. Bounded by the journal.</summary>
internal sealed class SqliteTails
{
    private readonly ConcurrentDictionary<ClientKey, SqliteTail> _tails = new();
    private readonly SortedDictionary<long, int> _clientsBySegment = [];
    private readonly Lock _gate = new();

    public IReadOnlyCollection<ClientKey> Clients => [.. _tails.Keys];

    public void Add(long lsn, ClientKey client, ulong sequence, ReadOnlyMemory<byte> entry)
    {
        if (!_tails.TryGetValue(client, out SqliteTail? tail))
        {
            tail = _tails[client] = new SqliteTail(lsn);
            _clientsBySegment[lsn] = _clientsBySegment.GetValueOrDefault(lsn) + 1;
        }

        tail.Add(sequence, entry);
    }

    public SqliteTail? Find(ClientKey client) => _tails.GetValueOrDefault(client);

    /// <summary>A checkpoint holds the client's entries up to that one.</summary>
    public void Saved(ClientKey client, ulong sequence)
    {
        if (_tails.IsEmpty || !_tails.TryGetValue(client, out SqliteTail? tail) || tail.LastSequence > sequence)
        {
            return;
        }

        _tails.TryRemove(client, out _);
        lock (_gate)
        {
            if (--_clientsBySegment[tail.FirstLsn] == 0)
            {
                _clientsBySegment.Remove(tail.FirstLsn);
            }
        }
    }

    /// <summary>The lowest segment that is still needed for one of them, at most <paramref name="lsn"/>.</summary>
    public long Needed(long lsn)
    {
        lock (_gate)
        {
            foreach (long first in _clientsBySegment.Keys)
            {
                return Math.Min(first, lsn);
            }

            return lsn;
        }
    }
}
