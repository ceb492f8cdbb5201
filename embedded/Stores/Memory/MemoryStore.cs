using System.Globalization;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores.Memory;

/// <summary>Keeps everything in memory; "durable" lasts as long as its disk object.</summary>
internal sealed class MemoryStore(MemoryDisk disk) : IGridStore
{
    public Task<StoreOpening> OpenAsync(CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            long bytes = disk.Clients.Values.Sum(c => c.Journal.Sum(e => (long)e.Entry.Length));
            List<ClientKey> unsaved = [.. disk.Clients.Where(c => c.Value.Journal.Count > 0).Select(c => c.Key)];
            return Task.FromResult(new StoreOpening(disk.NextLsn, bytes, unsaved, disk.Quarantine.Count));
        }
    }

    public Task AppendAsync(IReadOnlyList<JournalSegment> segments, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            foreach (JournalSegment segment in segments)
            {
                foreach (ref readonly JournalRecord record in segment.Records)
                {
                    MemoryClient client = Client(record.Client.Key);
                    if (client.Journal.Count == 0 || client.Journal[^1].Sequence < record.Sequence)
                    {
                        client.Journal.Add((record.Sequence, segment.Entry(record).ToArray()));
                    }
                }

                disk.NextLsn = Math.Max(disk.NextLsn, segment.Lsn + 1);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StoredClient>> LoadAsync(IReadOnlyList<ClientKey> clients, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            var found = new StoredClient[clients.Count];
            for (int i = 0; i < found.Length; i++)
            {
                found[i] = disk.Clients.TryGetValue(clients[i], out MemoryClient? client)
                    ? new StoredClient(
                        client.Checkpoint,
                        [.. client.Journal.Select(e => (ReadOnlyMemory<byte>)e.Entry)],
                        client.Journal.Count > 0 ? client.Journal[^1].Sequence : client.Sequence,
                        null)
                    : StoredClient.None;
            }

            return Task.FromResult<IReadOnlyList<StoredClient>>(found);
        }
    }

    public Task SaveAsync(IReadOnlyList<CheckpointRow> rows, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            foreach (CheckpointRow row in rows)
            {
                ClientKey own = row.Client.Key;
                if (row.WasErased)
                {
                    disk.Quarantine.RemoveAll(r => (r.Tenant, r.Kind, r.Id) == (own.Tenant, "profile", own.ClientId));
                }

                if (row.Tombstone is { } key)
                {
                    Bury(row, key);
                    continue;
                }

                MemoryClient client = Client(row.Client.Key);
                client.Checkpoint = row.Data;
                client.Sequence = row.Sequence;
                client.Journal.RemoveAll(e => e.Sequence <= row.Sequence);
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<byte[]>> FindTombstonesAsync(IReadOnlyList<byte[]> keys, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            return Task.FromResult<IReadOnlyList<byte[]>>([.. keys.Select(k => disk.Tombstones.GetValueOrDefault(Convert.ToHexString(k)).Data ?? [])]);
        }
    }

    public Task<(IReadOnlyList<ClientKey> Clients, string? Next)> ListAsync(string? from, int most, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            int skip = int.Parse(from ?? "0", CultureInfo.InvariantCulture);
            ClientKey[] page = [.. disk.Clients.Keys.Skip(skip).Take(most)];
            string? next = page.Length == most ? (skip + most).ToString(CultureInfo.InvariantCulture) : null;
            return Task.FromResult<(IReadOnlyList<ClientKey>, string?)>((page, next));
        }
    }

    public Task<byte[]> KeepSecretCheckAsync(byte[] check, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            return Task.FromResult(disk.SecretCheck ??= check);
        }
    }

    public Task TrimAsync(long lsn, bool wipe, CancellationToken cancel) => Task.CompletedTask;

    public Task<ulong> ReadDefinitionsAsync(string tenant, Action<IReadOnlyList<DefinitionRow>> take, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            if (disk.Definitions.TryGetValue(tenant, out var rows))
            {
                take([.. rows.Select(r => new DefinitionRow(r.Key.Kind, r.Key.Id, r.Value))]);
            }

            return Task.FromResult(disk.Versions.GetValueOrDefault(tenant));
        }
    }

    public Task WriteDefinitionsAsync(DefinitionsChange change, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            ulong version = disk.Versions.GetValueOrDefault(change.Tenant);
            if (version != change.FromVersion)
            {
                throw new StoreConflictException($"Definitions are at version {version}, not {change.FromVersion}.");
            }

            if (!disk.Definitions.TryGetValue(change.Tenant, out var rows))
            {
                rows = new(Comparer<(DefinitionKind Kind, string Id)>.Create((a, b) =>
                    a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind) : string.CompareOrdinal(a.Id, b.Id)));
                disk.Definitions[change.Tenant] = rows;
            }

            foreach (DefinitionRow row in change.Rows)
            {
                if (row.Data is null)
                {
                    rows.Remove((row.Kind, row.Id));
                }
                else
                {
                    rows[(row.Kind, row.Id)] = row.Data;
                }
            }

            disk.Versions[change.Tenant] = change.ToVersion;
        }

        return Task.CompletedTask;
    }

    public Task<byte[]?> ReadKnowledgeAsync(string tenant, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            return Task.FromResult(disk.Knowledge.GetValueOrDefault(tenant));
        }
    }

    public Task WriteKnowledgeAsync(string tenant, byte[] data, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            disk.Knowledge[tenant] = data;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<BudgetRow>> ReadBudgetsAsync(string tenant, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            return Task.FromResult<IReadOnlyList<BudgetRow>>(
                [.. disk.Budgets.Where(b => b.Key.Tenant == tenant).Select(b => new BudgetRow(b.Key.CampaignId, b.Value))]);
        }
    }

    public Task WriteBudgetsAsync(string tenant, IReadOnlyList<BudgetRow> rows, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            foreach (BudgetRow row in rows)
            {
                if (row.Data.Length == 0)
                {
                    disk.Budgets.Remove((tenant, row.CampaignId));
                }
                else
                {
                    disk.Budgets[(tenant, row.CampaignId)] = row.Data;
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task QuarantineAsync(QuarantineRecord record, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            disk.Quarantine.RemoveAll(r => (r.Tenant, r.Kind, r.Id) == (record.Tenant, record.Kind, record.Id));
            disk.Quarantine.Add(record);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<QuarantineRecord>> ReadQuarantineAsync(int most, CancellationToken cancel)
    {
        lock (disk.Gate)
        {
            return Task.FromResult<IReadOnlyList<QuarantineRecord>>([.. disk.Quarantine.Take(most)]);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Bury(in CheckpointRow row, byte[] key)
    {
        ClientKey client = row.Client.Key;
        ulong sequence = row.Sequence;
        disk.Tombstones[Convert.ToHexString(key)] = (sequence, row.Data);
        if (disk.Clients.TryGetValue(client, out MemoryClient? kept))
        {
            kept.Checkpoint = [];
            kept.Sequence = 0;
            if (kept.Journal.RemoveAll(e => e.Sequence <= sequence) >= 0 && kept.Journal.Count == 0)
            {
                disk.Clients.Remove(client);
            }
        }
    }

    private MemoryClient Client(ClientKey key)
    {
        if (!disk.Clients.TryGetValue(key, out MemoryClient? client))
        {
            client = disk.Clients[key] = new MemoryClient();
        }

        return client;
    }
}
