using System.Globalization;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>
/// Keeps everything in two SQLite files of one directory: <c>journal.db</c>, a row per segment, and <c>grid.db</c>,
/// checkpoints and the rest. Three threads: appends, other writes, and cold loads wait only for their own kind. What a
/// call confirms was fsynced.
/// </summary>
internal sealed class SqliteStore(string directory, TimeProvider time) : IGridStore
{
    private readonly SqliteTails _tails = new();
    private SerialWorker? _journalWorker;
    private SerialWorker? _gridWorker;
    private SerialWorker? _readWorker;
    private FileStream? _owner;
    private SqliteJournal? _journal;
    private SqliteGrid? _grid;
    private SqliteReader? _reader;
    private bool _isDisposed;

    public async Task<StoreOpening> OpenAsync(CancellationToken cancel)
    {
        Claim();
        _journalWorker = new SerialWorker("grid journal");
        _gridWorker = new SerialWorker("grid checkpoints");
        _readWorker = new SerialWorker("grid cold loads");
        string gridFile = Path.Combine(directory, "grid.db");
        long quarantined = await _gridWorker.RunAsync(() => (_grid = new SqliteGrid(gridFile)).CountQuarantined(), cancel);
        await _readWorker.RunAsync(() => _reader = new SqliteReader(gridFile), cancel);
        (long last, long bytes, List<QuarantineRecord> damaged) = await _journalWorker.RunAsync(ReadJournal, cancel);
        return new StoreOpening(last + 1, bytes, _tails.Clients, quarantined + damaged.Count);
    }

    public Task AppendAsync(IReadOnlyList<JournalSegment> segments, CancellationToken cancel) =>
        _journalWorker!.RunAsync(() => _journal!.Append(segments), cancel);

    public Task<IReadOnlyList<StoredClient>> LoadAsync(IReadOnlyList<ClientKey> clients, CancellationToken cancel) =>
        _readWorker!.RunAsync(() => _reader!.Find(clients, _tails), cancel);

    public Task<IReadOnlyList<byte[]>> FindTombstonesAsync(IReadOnlyList<byte[]> keys, CancellationToken cancel) =>
        _readWorker!.RunAsync(() => _reader!.FindTombstones(keys), cancel);

    public async Task<(IReadOnlyList<ClientKey> Clients, string? Next)> ListAsync(string? from, int most, CancellationToken cancel)
    {
        long after = long.Parse(from ?? "0", CultureInfo.InvariantCulture);
        (IReadOnlyList<ClientKey> clients, long last) = await _readWorker!.RunAsync(() => _reader!.List(after, most), cancel);
        return (clients, clients.Count < most ? null : last.ToString(CultureInfo.InvariantCulture));
    }

    public Task<byte[]> KeepSecretCheckAsync(byte[] check, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.KeepSecretCheck(check), cancel);

    public Task SaveAsync(IReadOnlyList<CheckpointRow> rows, CancellationToken cancel) => _gridWorker!.RunAsync(
        () =>
        {
            _grid!.Save(rows);
            foreach (CheckpointRow row in rows)
            {
                _tails.Saved(row.Client.Key, row.Sequence);
            }
        },
        cancel);

    public async Task TrimAsync(long lsn, bool wipe, CancellationToken cancel)
    {
        // In small parts, so that appends get in between: a whole journal takes a second to overwrite.
        long needed = _tails.Needed(lsn);
        while (await _journalWorker!.RunAsync(() => _journal!.TrimSome(needed), cancel))
        {
        }

        if (wipe)
        {
            await _journalWorker.RunAsync(() => _journal!.Wipe(), cancel);
            await _gridWorker!.RunAsync(() => _grid!.Wipe(), cancel);
        }
    }

    public Task<ulong> ReadDefinitionsAsync(string tenant, Action<IReadOnlyList<DefinitionRow>> take, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.ReadDefinitions(tenant, take), cancel);

    public Task WriteDefinitionsAsync(DefinitionsChange change, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.Write(change), cancel);

    public Task<byte[]?> ReadKnowledgeAsync(string tenant, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.ReadKnowledge(tenant), cancel);

    public Task WriteKnowledgeAsync(string tenant, byte[] data, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.WriteKnowledge(tenant, data), cancel);

    public Task<IReadOnlyList<BudgetRow>> ReadBudgetsAsync(string tenant, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.ReadBudgets(tenant), cancel);

    public Task WriteBudgetsAsync(string tenant, IReadOnlyList<BudgetRow> rows, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.WriteBudgets(tenant, rows), cancel);

    public Task QuarantineAsync(QuarantineRecord record, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.Quarantine(record), cancel);

    public Task<IReadOnlyList<QuarantineRecord>> ReadQuarantineAsync(int most, CancellationToken cancel) =>
        _gridWorker!.RunAsync(() => _grid!.ReadQuarantine(most), cancel);

    public ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _journalWorker?.Dispose();
            _gridWorker?.Dispose();
            _readWorker?.Dispose();
            _journal?.Dispose();
            _reader?.Dispose();
            _grid?.Dispose();
            _owner?.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>An open file that nobody else may open; the system lets go of it when the process dies, however it does.</summary>
    private void Claim()
    {
        try
        {
            Directory.CreateDirectory(directory);
            _owner = new FileStream(Path.Combine(directory, "owner.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The data directory cannot be used, or another process uses it: {e.Message}", e);
        }
    }

    private (long Last, long Bytes, List<QuarantineRecord> Damaged) ReadJournal()
    {
        _journal = new SqliteJournal(Path.Combine(directory, "journal.db"));
        long bytes = 0;
        long current = 0;
        var damaged = new List<QuarantineRecord>();
        long last = _journal.Scan(
            (lsn, length) =>
            {
                current = lsn;
                bytes += length;
            },
            (client, sequence, entry) => _tails.Add(current, client, sequence, entry),
            (lsn, data, reason) =>
            {
                var record = new QuarantineRecord("", "segment", lsn.ToString(), reason, time.GetUtcNow().ToUnixTimeMilliseconds(), data);
                _gridWorker!.RunAsync(() => _grid!.Quarantine(record), CancellationToken.None).GetAwaiter().GetResult();
                damaged.Add(record);
            });
        return (last, bytes, damaged);
    }
}
