using SQLitePCL;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>A prepared statement. Bind, then <see cref="Run"/> or <see cref="Step"/> until it is done; parameters count from 1, columns from 0.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 db, string sql)
    {
        _db = db;
        SqliteFault.Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), db, "prepare a statement");
    }

    public SqliteStatement Bind(int at, string text)
    {
        SqliteFault.Check(raw.sqlite3_bind_text(_statement, at, text), _db, "bind a text");
        return this;
    }

    public SqliteStatement Bind(int at, long number)
    {
        SqliteFault.Check(raw.sqlite3_bind_int64(_statement, at, number), _db, "bind a number");
        return this;
    }

    public SqliteStatement Bind(int at, ReadOnlySpan<byte> blob)
    {
        int code = blob.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, at, 0) : raw.sqlite3_bind_blob(_statement, at, blob);
        SqliteFault.Check(code, _db, "bind bytes");
        return this;
    }

    /// <summary>Runs it to its end and makes it ready to be bound again.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>True with a row to read; false at the end, when it is ready to be bound again.</summary>
    public bool Step()
    {
        int code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        string? failure = code == raw.SQLITE_DONE ? null : raw.sqlite3_errmsg(_db).utf8_to_string();
        Reset();
        return failure is null ? false : throw new StoreException($"SQLite could not run a statement: {failure} (code {code}).");
    }

    /// <summary>Ends a statement of which no more rows are wanted.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();
}
