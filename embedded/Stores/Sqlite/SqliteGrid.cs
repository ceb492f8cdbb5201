using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>The file of checkpoints, definitions, knowledge, budgets and quarantine. All on one thread.</summary>
internal sealed class SqliteGrid : IDisposable
{
    /// <summary>Raised when the layout changes; a file with a higher one is refused.</summary>
    private const int Format = 1;

    private readonly SqliteDatabase _db;
    private readonly SqliteStatement _save;
    private readonly SqliteStatement _bury;
    private readonly SqliteStatement _forget;
    private readonly SqliteStatement _release;
    private readonly SqliteStatement _define;
    private readonly SqliteStatement _undefine;
    private readonly SqliteStatement _setVersion;
    private readonly SqliteStatement _version;
    private readonly SqliteStatement _definitions;
    private readonly SqliteStatement _knowledge;
    private readonly SqliteStatement _setKnowledge;
    private readonly SqliteStatement _budgets;
    private readonly SqliteStatement _setBudget;
    private readonly SqliteStatement _deleteBudget;
    private readonly SqliteStatement _quarantine;
    private readonly SqliteStatement _quarantined;
    private readonly SqliteStatement _countQuarantined;

    public SqliteGrid(string path)
    {
        _db = new SqliteDatabase(path, readOnly: false);
        _db.Execute("""
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = ON;
            PRAGMA wal_autocheckpoint = 8192;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -65536;
            """);
        CheckFormat();
        _db.Execute($"""
            CREATE TABLE IF NOT EXISTS profiles (tenant TEXT NOT NULL, client TEXT NOT NULL, sequence INTEGER NOT NULL, data BLOB NOT NULL,
                UNIQUE (tenant, client));
            CREATE TABLE IF NOT EXISTS tombstones (key BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS secret_check (one INTEGER PRIMARY KEY, data BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS definitions (tenant TEXT NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL,
                PRIMARY KEY (tenant, kind, id)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS versions (tenant TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS knowledge (tenant TEXT PRIMARY KEY, data BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS budgets (tenant TEXT NOT NULL, campaign TEXT NOT NULL, data BLOB NOT NULL,
                PRIMARY KEY (tenant, campaign)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS quarantine (tenant TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, reason TEXT NOT NULL,
                time_ms INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (tenant, kind, id));
            PRAGMA user_version = {Format};
            """);
        _save = _db.Prepare("""
            INSERT INTO profiles (tenant, client, sequence, data) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (tenant, client) DO UPDATE SET sequence = excluded.sequence, data = excluded.data
            """);
        _bury = _db.Prepare("INSERT OR REPLACE INTO tombstones (key, data) VALUES (?1, ?2)");
        _forget = _db.Prepare("DELETE FROM profiles WHERE tenant = ?1 AND client = ?2");
        _release = _db.Prepare("DELETE FROM quarantine WHERE tenant = ?1 AND kind = 'profile' AND id = ?2");
        _define = _db.Prepare("INSERT OR REPLACE INTO definitions (tenant, kind, id, data) VALUES (?1, ?2, ?3, ?4)");
        _undefine = _db.Prepare("DELETE FROM definitions WHERE tenant = ?1 AND kind = ?2 AND id = ?3");
        _setVersion = _db.Prepare("INSERT OR REPLACE INTO versions (tenant, version) VALUES (?1, ?2)");
        _version = _db.Prepare("SELECT version FROM versions WHERE tenant = ?1");
        _definitions = _db.Prepare("SELECT kind, id, data FROM definitions WHERE tenant = ?1 ORDER BY kind, id");
        _knowledge = _db.Prepare("SELECT data FROM knowledge WHERE tenant = ?1");
        _setKnowledge = _db.Prepare("INSERT OR REPLACE INTO knowledge (tenant, data) VALUES (?1, ?2)");
        _budgets = _db.Prepare("SELECT campaign, data FROM budgets WHERE tenant = ?1");
        _deleteBudget = _db.Prepare("DELETE FROM budgets WHERE tenant = ?1 AND campaign = ?2");
        _setBudget = _db.Prepare("INSERT OR REPLACE INTO budgets (tenant, campaign, data) VALUES (?1, ?2, ?3)");
        _quarantine = _db.Prepare("""
            INSERT OR REPLACE INTO quarantine (tenant, kind, id, reason, time_ms, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """);
        _quarantined = _db.Prepare("SELECT tenant, kind, id, reason, time_ms, data FROM quarantine ORDER BY rowid LIMIT ?1");
        _countQuarantined = _db.Prepare("SELECT count(*) FROM quarantine");
    }

    public void Save(IReadOnlyList<CheckpointRow> rows) => _db.Transact(() =>
    {
        for (int i = 0; i < rows.Count; i++)
        {
            CheckpointRow row = rows[i];
            ClientKey key = row.Client.Key;
            if (row.WasErased)
            {
                _release.Bind(1, key.Tenant).Bind(2, key.ClientId).Run();
            }

            if (row.Tombstone is not null)
            {
                _bury.Bind(1, row.Tombstone).Bind(2, row.Data).Run();
                _forget.Bind(1, key.Tenant).Bind(2, key.ClientId).Run();
                continue;
            }

            _save.Bind(1, key.Tenant).Bind(2, key.ClientId).Bind(3, (long)row.Sequence).Bind(4, row.Data).Run();
        }
    });

    public void Wipe() => _db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    public byte[] KeepSecretCheck(byte[] check)
    {
        _db.Prepare("INSERT OR IGNORE INTO secret_check (one, data) VALUES (1, ?1)").Bind(1, check).Run();
        SqliteStatement read = _db.Prepare("SELECT data FROM secret_check");
        byte[] kept = check;
        while (read.Step())
        {
            kept = read.Blob(0);
        }

        return kept;
    }

    public ulong ReadDefinitions(string tenant, Action<IReadOnlyList<DefinitionRow>> take)
    {
        const int Chunk = 4096;
        var rows = new List<DefinitionRow>(Chunk);
        _definitions.Bind(1, tenant);
        try
        {
            while (_definitions.Step())
            {
                rows.Add(new DefinitionRow((DefinitionKind)_definitions.Number(0), _definitions.Text(1), _definitions.Blob(2)));
                if (rows.Count == Chunk)
                {
                    take(rows);
                    rows.Clear();
                }
            }
        }
        finally
        {
            _definitions.Reset();
        }

        take(rows);
        return Version(tenant);
    }

    public void Write(DefinitionsChange change) => _db.Transact(() =>
    {
        ulong version = Version(change.Tenant);
        if (version != change.FromVersion)
        {
            throw new StoreConflictException($"Definitions are at version {version}, not {change.FromVersion}.");
        }

        foreach (DefinitionRow row in change.Rows)
        {
            SqliteStatement statement = row.Data is null ? _undefine : _define;
            statement.Bind(1, change.Tenant).Bind(2, (long)row.Kind).Bind(3, row.Id);
            if (row.Data is not null)
            {
                statement.Bind(4, row.Data);
            }

            statement.Run();
        }

        _setVersion.Bind(1, change.Tenant).Bind(2, (long)change.ToVersion).Run();
    });

    public byte[]? ReadKnowledge(string tenant)
    {
        byte[]? data = null;
        _knowledge.Bind(1, tenant);
        while (_knowledge.Step())
        {
            data = _knowledge.Blob(0);
        }

        return data;
    }

    public void WriteKnowledge(string tenant, byte[] data) => _setKnowledge.Bind(1, tenant).Bind(2, data).Run();

    public IReadOnlyList<BudgetRow> ReadBudgets(string tenant)
    {
        var rows = new List<BudgetRow>();
        _budgets.Bind(1, tenant);
        while (_budgets.Step())
        {
            rows.Add(new BudgetRow(_budgets.Text(0), _budgets.Blob(1)));
        }

        return rows;
    }

    public void WriteBudgets(string tenant, IReadOnlyList<BudgetRow> rows) => _db.Transact(() =>
    {
        foreach (BudgetRow row in rows)
        {
            if (row.Data.Length == 0)
            {
                _deleteBudget.Bind(1, tenant).Bind(2, row.CampaignId).Run();
            }
            else
            {
                _setBudget.Bind(1, tenant).Bind(2, row.CampaignId).Bind(3, row.Data).Run();
            }
        }
    });

    public void Quarantine(QuarantineRecord record) => _quarantine
        .Bind(1, record.Tenant).Bind(2, record.Kind).Bind(3, record.Id).Bind(4, record.Reason).Bind(5, record.TimeMs).Bind(6, record.Data)
        .Run();

    public long CountQuarantined()
    {
        long count = 0;
        while (_countQuarantined.Step())
        {
            count = _countQuarantined.Number(0);
        }

        return count;
    }

    public IReadOnlyList<QuarantineRecord> ReadQuarantine(int most)
    {
        var records = new List<QuarantineRecord>();
        _quarantined.Bind(1, most);
        while (_quarantined.Step())
        {
            records.Add(new QuarantineRecord(
                _quarantined.Text(0),
                _quarantined.Text(1),
                _quarantined.Text(2),
                _quarantined.Text(3),
                _quarantined.Number(4),
                _quarantined.Blob(5)));
        }

        return records;
    }

    public void Dispose() => _db.Dispose();

    private ulong Version(string tenant)
    {
        ulong version = 0;
        _version.Bind(1, tenant);
        while (_version.Step())
        {
            version = (ulong)_version.Number(0);
        }

        return version;
    }

    private void CheckFormat()
    {
        SqliteStatement version = _db.Prepare("PRAGMA user_version");
        while (version.Step())
        {
            if (version.Number(0) > Format)
            {
                throw new StoreException($"The data directory is of format {version.Number(0)}; this version knows none above {Format}.");
            }
        }
    }
}
