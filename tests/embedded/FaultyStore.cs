using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Tests;

/// <summary>A store that fails when it is told to: before it does anything, or after it did everything.</summary>
internal sealed class FaultyStore(IGridStore inner, StoreFaults faults) : IGridStore
{
    public Task<StoreOpening> OpenAsync(CancellationToken cancel) => inner.OpenAsync(cancel);

    public Task AppendAsync(IReadOnlyList<JournalSegment> segments, CancellationToken cancel) =>
        WriteAsync(() => inner.AppendAsync(segments, cancel));

    public Task<IReadOnlyList<StoredClient>> LoadAsync(IReadOnlyList<ClientKey> clients, CancellationToken cancel) =>
        ReadAsync(() => inner.LoadAsync(clients, cancel));

    public Task<IReadOnlyList<byte[]>> FindTombstonesAsync(IReadOnlyList<byte[]> keys, CancellationToken cancel) =>
        ReadAsync(() => inner.FindTombstonesAsync(keys, cancel));

    public Task<(IReadOnlyList<ClientKey> Clients, string? Next)> ListAsync(string? from, int most, CancellationToken cancel) =>
        ReadAsync(() => inner.ListAsync(from, most, cancel));

    public Task<byte[]> KeepSecretCheckAsync(byte[] check, CancellationToken cancel) => inner.KeepSecretCheckAsync(check, cancel);

    public Task SaveAsync(IReadOnlyList<CheckpointRow> rows, CancellationToken cancel) => WriteAsync(() => inner.SaveAsync(rows, cancel));

    public Task TrimAsync(long lsn, bool wipe, CancellationToken cancel) => WriteAsync(() => inner.TrimAsync(lsn, wipe, cancel));

    public Task<ulong> ReadDefinitionsAsync(string tenant, Action<IReadOnlyList<DefinitionRow>> take, CancellationToken cancel) =>
        ReadAsync(() => inner.ReadDefinitionsAsync(tenant, take, cancel));

    public Task WriteDefinitionsAsync(DefinitionsChange change, CancellationToken cancel) =>
        WriteAsync(() => inner.WriteDefinitionsAsync(change, cancel));

    public Task<byte[]?> ReadKnowledgeAsync(string tenant, CancellationToken cancel) => ReadAsync(() => inner.ReadKnowledgeAsync(tenant, cancel));

    public Task WriteKnowledgeAsync(string tenant, byte[] data, CancellationToken cancel) =>
        WriteAsync(() => inner.WriteKnowledgeAsync(tenant, data, cancel));

    public Task<IReadOnlyList<BudgetRow>> ReadBudgetsAsync(string tenant, CancellationToken cancel) =>
        ReadAsync(() => inner.ReadBudgetsAsync(tenant, cancel));

    public Task WriteBudgetsAsync(string tenant, IReadOnlyList<BudgetRow> rows, CancellationToken cancel) =>
        WriteAsync(() => inner.WriteBudgetsAsync(tenant, rows, cancel));

    public Task QuarantineAsync(QuarantineRecord record, CancellationToken cancel) => WriteAsync(() => inner.QuarantineAsync(record, cancel));

    public Task<IReadOnlyList<QuarantineRecord>> ReadQuarantineAsync(int most, CancellationToken cancel) =>
        ReadAsync(() => inner.ReadQuarantineAsync(most, cancel));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task WriteAsync(Func<Task> write)
    {
        await faults.BeforeAsync();
        await write();
        faults.After();
    }

    private async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        await faults.BeforeAsync();
        return await read();
    }
}
