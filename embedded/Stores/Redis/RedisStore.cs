using System.Globalization;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>
/// Keeps everything in one Redis, so that a cluster can take over later. Durable means acknowledged by Redis; what
/// happens to it when Redis itself dies is Redis' own persistence setting. See <see cref="RedisKeys"/> for the layout.
/// </summary>
/// <remarks>An etag is the sequence that the checkpoint holds; another writer's may be anything.</remarks>
internal sealed class RedisStore(string configuration, TimeProvider time) : IGridStore
{
    private const int MaxRowsAtOnce = 256;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _writes = new(1);
    private ConnectionMultiplexer? _connection;
    private IDatabase? _redis;
    private RedisLease? _lease;
    private RedisScriptCall? _scripts;
    private RedisEtags? _etags;
    private RedisAppender? _appender;
    private RedisTombstones? _tombstones;
    private bool _isDisposed;

    public async Task<StoreOpening> OpenAsync(CancellationToken cancel)
    {
        try
        {
            _connection = await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(_limit * 2, cancel);
            _redis = _connection.GetDatabase();
            _lease = new RedisLease(_redis, time);
            await _lease.AcquireAsync(cancel);
            _scripts = new RedisScriptCall(_redis, _lease);
            _etags = new RedisEtags(_redis);
            _appender = new RedisAppender(_scripts, _etags);
            _tombstones = new RedisTombstones(_redis, _scripts, _lease, _etags);
            long quarantined = await _redis.HashLengthAsync(RedisLayout.Quarantine).WaitAsync(_limit, cancel);

            // Journals left by a crash are found with their clients; listing them would mean to scan all keys.
            return new StoreOpening(1, 0, [], quarantined);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new StoreException($"Redis cannot be reached: {e.Message}", e);
        }
    }

    public async Task AppendAsync(IReadOnlyList<JournalSegment> segments, CancellationToken cancel)
    {
        await _writes.WaitAsync(cancel);
        try
        {
            await _appender!.AppendAsync(segments, _lease!.Token, cancel);
        }
        finally
        {
            _writes.Release();
        }
    }

    public Task<IReadOnlyList<StoredClient>> LoadAsync(IReadOnlyList<ClientKey> clients, CancellationToken cancel) => ReadAsync(
        async () =>
        {
            var checkpoints = new Task<RedisValue[]>[clients.Count];
            var journals = new Task<RedisValue[]>[clients.Count];
            for (int i = 0; i < clients.Count; i++)
            {
                checkpoints[i] = _redis!.HashGetAsync(RedisLayout.Checkpoint(clients[i]), ["etag", "data"]);
                journals[i] = _redis!.ListRangeAsync(RedisLayout.Journal(clients[i]));
            }

            var found = new StoredClient[clients.Count];
            for (int i = 0; i < found.Length; i++)
            {
                found[i] = Stored(await checkpoints[i], await journals[i]);
            }

            return (IReadOnlyList<StoredClient>)found;
        },
        cancel);

    public Task<IReadOnlyList<byte[]>> FindTombstonesAsync(IReadOnlyList<byte[]> keys, CancellationToken cancel) =>
        ReadAsync(() => _tombstones!.FindAsync(keys), cancel);

    public Task<(IReadOnlyList<ClientKey> Clients, string? Next)> ListAsync(string? from, int most, CancellationToken cancel) => ReadAsync(
        async () =>
        {
            var answer = (RedisResult[])(await _redis!.ExecuteAsync("SCAN", from ?? "0", "MATCH", RedisLayout.AnyClient, "COUNT", most))!;
            string next = (string)answer[0]!;
            var keys = (string[])answer[1]!;
            IReadOnlyList<ClientKey> clients = [.. keys.Select(RedisLayout.Client).OfType<ClientKey>().Distinct()];
            return (clients, next == "0" ? null : next);
        },
        cancel);

    public Task<byte[]> KeepSecretCheckAsync(byte[] check, CancellationToken cancel) =>
        ReadAsync(() => _tombstones!.KeepSecretCheckAsync(check), cancel);

    public async Task SaveAsync(IReadOnlyList<CheckpointRow> rows, CancellationToken cancel)
    {
        for (int from = 0; from < rows.Count; from += MaxRowsAtOnce)
        {
            // Appends may go in between the parts.
            await _writes.WaitAsync(cancel);
            try
            {
                List<CheckpointRow> some = [.. rows.Skip(from).Take(MaxRowsAtOnce)];
                foreach (CheckpointRow row in some.Where(r => r.Tombstone is not null))
                {
                    await _tombstones!.BuryAsync(row, cancel);
                }

                await _tombstones!.ReleaseAsync(some).WaitAsync(_limit, cancel);
                some.RemoveAll(r => r.Tombstone is not null);
                await SaveCheckpointsAsync(some, cancel);
            }
            finally
            {
                _writes.Release();
            }
        }
    }

    /// <summary>Journals are cut with their checkpoints, and Redis keeps no trace but in files that it rewrites itself.</summary>
    public Task TrimAsync(long lsn, bool wipe, CancellationToken cancel) => Task.CompletedTask;

    public async Task<ulong> ReadDefinitionsAsync(string tenant, Action<IReadOnlyList<DefinitionRow>> take, CancellationToken cancel)
    {
        const int Chunk = 4096;
        HashEntry[] all = await ReadAsync(() => Task.Run(() => _redis!.HashScan(RedisLayout.Definitions(tenant), pageSize: Chunk).ToArray(), cancel), cancel);
        List<DefinitionRow> rows = [.. all.DistinctBy(e => (string)e.Name!).Select(e => DefinitionRow.Named(e.Name!, e.Value))];
        rows.Sort((a, b) => a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : string.CompareOrdinal(a.Id, b.Id));
        take(rows);
        RedisValue version = await ReadAsync(() => _redis!.StringGetAsync(RedisLayout.Version(tenant)), cancel);
        return version.IsNull ? 0 : ulong.Parse((string)version!, CultureInfo.InvariantCulture);
    }

    public async Task WriteDefinitionsAsync(DefinitionsChange change, CancellationToken cancel)
    {
        var values = new RedisValue[3 + (2 * change.Rows.Count)];
        values[0] = _lease!.Token;
        values[1] = change.FromVersion.ToString(CultureInfo.InvariantCulture);
        values[2] = change.ToVersion.ToString(CultureInfo.InvariantCulture);
        for (int i = 0; i < change.Rows.Count; i++)
        {
            DefinitionRow row = change.Rows[i];
            values[3 + (2 * i)] = row.Name;
            values[4 + (2 * i)] = row.Data ?? [];
        }

        RedisKey[] keys = [RedisLayout.Owner, RedisLayout.Definitions(change.Tenant), RedisLayout.Version(change.Tenant)];
        RedisResult done = await _scripts!.RunAsync(RedisScripts.Define, keys, values, cancel);
        if ((long)done == 0)
        {
            throw new StoreConflictException($"Definitions of tenant {change.Tenant} are not at version {change.FromVersion}.");
        }
    }

    public async Task<byte[]?> ReadKnowledgeAsync(string tenant, CancellationToken cancel) =>
        await ReadAsync(() => _redis!.HashGetAsync(RedisLayout.Knowledge, tenant), cancel);

    public Task WriteKnowledgeAsync(string tenant, byte[] data, CancellationToken cancel) =>
        _scripts!.RunAsync(RedisScripts.Put, [RedisLayout.Owner, RedisLayout.Knowledge], [_lease!.Token, tenant, data], cancel);

    public async Task<IReadOnlyList<BudgetRow>> ReadBudgetsAsync(string tenant, CancellationToken cancel)
    {
        HashEntry[] all = await ReadAsync(() => _redis!.HashGetAllAsync(RedisLayout.Budgets(tenant)), cancel);
        return [.. all.Select(e => new BudgetRow(e.Name!, e.Value!))];
    }

    public Task WriteBudgetsAsync(string tenant, IReadOnlyList<BudgetRow> rows, CancellationToken cancel)
    {
        var values = new RedisValue[1 + (2 * rows.Count)];
        values[0] = _lease!.Token;
        for (int i = 0; i < rows.Count; i++)
        {
            values[1 + (2 * i)] = rows[i].CampaignId;
            values[2 + (2 * i)] = rows[i].Data;
        }

        return _scripts!.RunAsync(RedisScripts.Put, [RedisLayout.Owner, RedisLayout.Budgets(tenant)], values, cancel);
    }

    public Task QuarantineAsync(QuarantineRecord record, CancellationToken cancel) => _scripts!.RunAsync(
        RedisScripts.Put,
        [RedisLayout.Owner, RedisLayout.Quarantine],
        [_lease!.Token, RedisLayout.QuarantineField(record.Tenant, record.Kind, record.Id), QuarantineFormat.Pack(record)],
        cancel);

    public async Task<IReadOnlyList<QuarantineRecord>> ReadQuarantineAsync(int most, CancellationToken cancel)
    {
        HashEntry[] entries = await ReadAsync(() => _redis!.HashGetAllAsync(RedisLayout.Quarantine), cancel);
        return [.. entries.Take(most).Select(e => QuarantineFormat.Unpack(e.Value!))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_lease is not null)
        {
            await _lease.DisposeAsync();
        }

        if (_connection is not null)
        {
            // Every command was awaited. To let the client library wait for its own QUIT costs its whole timeout.
            await _connection.CloseAsync(allowCommandsToComplete: false);
            _connection.Dispose();
        }

        _writes.Dispose();
    }

    private static StoredClient Stored(RedisValue[] checkpoint, RedisValue[] journal)
    {
        byte[] data = checkpoint[1].IsNull ? [] : checkpoint[1]!;
        if (data.Length == 0 && journal.Length == 0)
        {
            return StoredClient.None;
        }

        string? etag = checkpoint[0];
        ulong.TryParse(etag, CultureInfo.InvariantCulture, out ulong sequence);
        var entries = new ReadOnlyMemory<byte>[journal.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            entries[i] = (byte[])journal[i]!;
            sequence = Math.Max(sequence, QuarantineFormat.Sequence(entries[i].Span));
        }

        return new StoredClient(data, entries, sequence, etag);
    }

    private static async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancel)
    {
        try
        {
            return await read().WaitAsync(_limit, cancel);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            throw new StoreException($"Redis cannot be read: {e.Message}", e);
        }
    }

    private async Task SaveCheckpointsAsync(List<CheckpointRow> rows, CancellationToken cancel)
    {
        int count = rows.Count;
        var keys = new RedisKey[1 + (2 * count)];
        var values = new RedisValue[1 + (4 * count)];
        keys[0] = RedisLayout.Owner;
        values[0] = _lease!.Token;
        for (int i = 0; i < count; i++)
        {
            CheckpointRow row = rows[i];
            string etag = row.Sequence.ToString(CultureInfo.InvariantCulture);
            keys[1 + (2 * i)] = RedisLayout.Checkpoint(row.Client.Key);
            keys[2 + (2 * i)] = RedisLayout.Journal(row.Client.Key);
            values[1 + (4 * i)] = row.Client.Etag ?? "";
            values[2 + (4 * i)] = etag;
            values[3 + (4 * i)] = etag;
            values[4 + (4 * i)] = row.Data;
            _etags!.Try(row.Client, etag);
        }

        var conflicts = (int[])(await _scripts!.RunAsync(RedisScripts.Save, keys, values, cancel))!;
        for (int i = 0; i < count; i++)
        {
            if (!conflicts.Contains(i))
            {
                _etags!.Written(rows[i].Client, rows[i].Sequence.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (conflicts.Length > 0)
        {
            throw new StoreConflictException($"{conflicts.Length} checkpoints were written by somebody else.");
        }
    }
}
