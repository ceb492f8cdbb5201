using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Embedded.Journal;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>
/// The journal's file: one row a segment. A file of its own, because SQLite has one writer a file and appends must not
/// wait for checkpoints. All on one thread.
/// </summary>
internal sealed class SqliteJournal : IDisposable
{
    /// <summary>Pages of write-ahead log before it goes into the file; 32 MB save most of the syncs that copying costs.</summary>
    private const int WalPages = 4096;

    private readonly SqliteDatabase _db;
    private readonly SqliteStatement _append;
    private readonly SqliteStatement _trim;
    private readonly SqliteStatement _delete;

    public SqliteJournal(string path)
    {
        _db = new SqliteDatabase(path, readOnly: false);
        _db.Execute($"""
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = ON;
            PRAGMA wal_autocheckpoint = {WalPages};
            PRAGMA journal_size_limit = 67108864;
            CREATE TABLE IF NOT EXISTS segments (lsn INTEGER PRIMARY KEY, data BLOB NOT NULL);
            """);
        _append = _db.Prepare("INSERT OR REPLACE INTO segments (lsn, data) VALUES (?1, ?2)");
        _trim = _db.Prepare("DELETE FROM segments WHERE lsn IN (SELECT lsn FROM segments WHERE lsn < ?1 ORDER BY lsn LIMIT 16)");
        _delete = _db.Prepare("DELETE FROM segments WHERE lsn = ?1");
    }

    public void Append(IReadOnlyList<JournalSegment> segments) => _db.Transact(() =>
    {
        for (int i = 0; i < segments.Count; i++)
        {
            _append.Bind(1, segments[i].Lsn).Bind(2, segments[i].Bytes).Run();
        }
    });

    /// <summary>Drops a few segments below that number; false when there are no more.</summary>
    public bool TrimSome(long lsn)
    {
        _trim.Bind(1, lsn).Run();
        return _db.Changes > 0;
    }

    /// <summary>Empties the write-ahead log, which still holds pages as they were before.</summary>
    public void Wipe() => _db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Gives every record in order. Damaged segments are given to <paramref name="damaged"/>, then dropped.</summary>
    public long Scan(Action<long, int> segment, SegmentFormat.RecordTaker take, Action<long, byte[], string> damaged)
    {
        long last = 0;
        var bad = new List<long>();
        SqliteStatement scan = _db.Prepare("SELECT lsn, data FROM segments ORDER BY lsn");
        while (scan.Step())
        {
            last = scan.Number(0);
            byte[] data = scan.Blob(1);
            try
            {
                segment(last, data.Length);
                SegmentFormat.Read(data, last, take);
            }
            catch (CorruptRecordException e)
            {
                damaged(last, data, e.Message);
                bad.Add(last);
            }
        }

        foreach (long lsn in bad)
        {
            _delete.Bind(1, lsn).Run();
        }

        return last;
    }

    public void Dispose() => _db.Dispose();
}
