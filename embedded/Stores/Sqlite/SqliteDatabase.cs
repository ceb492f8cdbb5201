using SQLitePCL;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>
/// One connection, for one thread at a time. The driver's own bindings rather than ADO.NET: a segment is bound where it
/// lies, without a copy or a parameter object.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusyTimeoutMs = 5000;

    private readonly sqlite3 _db;
    private readonly List<SqliteStatement> _statements = [];

    static SqliteDatabase() => Batteries_V2.Init();

    public SqliteDatabase(string path, bool readOnly)
    {
        int flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        int code = raw.sqlite3_open_v2(path, out _db, flags, null);
        if (code != raw.SQLITE_OK)
        {
            string why = raw.sqlite3_errstr(code).utf8_to_string();
            _db.Dispose();
            throw new StoreException($"SQLite could not open {Path.GetFileName(path)}: {why} (code {code}).");
        }

        raw.sqlite3_busy_timeout(_db, BusyTimeoutMs);
    }

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_db);

    /// <summary>Runs statements that take and give nothing.</summary>
    public void Execute(string sql) => SqliteFault.Check(raw.sqlite3_exec(_db, sql), _db, "run a statement");

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_db, sql);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs the work in one transaction: all of it is durable when this returns, none of it when it throws.</summary>
    public void Transact(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            // A failed COMMIT may have ended the transaction already; then there is nothing to roll back.
            raw.sqlite3_exec(_db, "ROLLBACK");
            throw;
        }
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements)
        {
            statement.Dispose();
        }

        _db.Dispose();
    }
}
