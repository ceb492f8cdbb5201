using SQLitePCL;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>Turns SQLite's result codes into exceptions.</summary>
internal static class SqliteFault
{
    public static void Check(int code, sqlite3 db, string doing)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new StoreException($"SQLite could not {doing}: {raw.sqlite3_errmsg(db).utf8_to_string()} (code {code}).");
        }
    }
}
