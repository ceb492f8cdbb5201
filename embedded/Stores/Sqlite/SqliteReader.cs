using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>Reads checkpoints on a connection of its own, so that a cold load waits for no write.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteDatabase _db;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _findTombstone;
    private readonly SqliteStatement _list;

    public SqliteReader(string path)
    {
        _db = new SqliteDatabase(path, readOnly: true);
        _db.Execute("PRAGMA cache_size = -65536");
        _find = _db.Prepare("SELECT sequence, data FROM profiles WHERE tenant = ?1 AND client = ?2");
        _list = _db.Prepare("SELECT rowid, tenant, client FROM profiles WHERE rowid > ?1 ORDER BY rowid LIMIT ?2");
        _findTombstone = _db.Prepare("SELECT data FROM tombstones WHERE key = ?1");
    }

    /// <summary>Rows after that number, in their order.</summary>
    public (IReadOnlyList<ClientKey> Clients, long Last) List(long after, int most)
    {
        var clients = new List<ClientKey>(most);
        _list.Bind(1, after).Bind(2, most);
        while (_list.Step())
        {
            after = _list.Number(0);
            clients.Add(new ClientKey(_list.Text(1), _list.Text(2)));
        }

        return (clients, after);
    }

    public IReadOnlyList<byte[]> FindTombstones(IReadOnlyList<byte[]> keys)
    {
        var found = new byte[keys.Count][];
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = [];
            _findTombstone.Bind(1, keys[i]);
            while (_findTombstone.Step())
            {
                found[i] = _findTombstone.Blob(0);
            }
        }

        return found;
    }

    public IReadOnlyList<StoredClient> Find(IReadOnlyList<ClientKey> clients, SqliteTails tails)
    {
        var found = new StoredClient[clients.Count];

        // One read transaction for all of them; autocommit would begin and end one for each.
        _db.Execute("BEGIN");
        try
        {
            for (int i = 0; i < found.Length; i++)
            {
                found[i] = Find(clients[i], tails);
            }
        }
        finally
        {
            _db.Execute("COMMIT");
        }

        return found;
    }

    public void Dispose() => _db.Dispose();

    private StoredClient Find(ClientKey client, SqliteTails tails)
    {
        byte[] checkpoint = [];
        ulong sequence = 0;
        _find.Bind(1, client.Tenant).Bind(2, client.ClientId);
        while (_find.Step())
        {
            sequence = (ulong)_find.Number(0);
            checkpoint = _find.Blob(1);
        }

        SqliteTail? tail = tails.Find(client);
        return tail is null && checkpoint.Length == 0
            ? StoredClient.None
            : new StoredClient(checkpoint, tail?.Entries ?? [], Math.Max(sequence, tail?.LastSequence ?? 0), null);
    }
}
