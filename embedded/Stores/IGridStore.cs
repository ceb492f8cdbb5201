using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores;

/// <summary>
/// Keeps what must survive. A call that returns has made its change durable, whole; one that throws may be repeated as
/// it was and then changes nothing twice. One process writes at a time: <see cref="OpenAsync"/> sees to that.
/// </summary>
/// <remarks>
/// The engine holds every client it journalled until a checkpoint covers the entries, so <see cref="LoadAsync"/> needs
/// to find only the entries that were there when the store was opened. That lets a store append many clients' entries
/// as one row without an index into it.
/// </remarks>
internal interface IGridStore : IAsyncDisposable
{
    /// <summary>Opens the store and makes this process its only writer.</summary>
    /// <exception cref="StoreException">It cannot be opened, is of a newer format, or has another writer.</exception>
    Task<StoreOpening> OpenAsync(CancellationToken cancel);

    /// <summary>Appends segments in order, in one transaction.</summary>
    Task AppendAsync(IReadOnlyList<JournalSegment> segments, CancellationToken cancel);

    /// <summary>Finds what is kept of each of the clients, in the order asked.</summary>
    Task<IReadOnlyList<StoredClient>> LoadAsync(IReadOnlyList<ClientKey> clients, CancellationToken cancel);

    /// <summary>Finds the checkpoints that are kept under the keys of tombstones, in the order asked; an empty one where there is none.</summary>
    Task<IReadOnlyList<byte[]>> FindTombstonesAsync(IReadOnlyList<byte[]> keys, CancellationToken cancel);

    /// <summary>
    /// Keeps what tells the secret of the tombstones' keys from any other, unless one is kept already, and gives the one that
    /// is kept: with another secret erased clients would not be known again.
    /// </summary>
    Task<byte[]> KeepSecretCheckAsync(byte[] check, CancellationToken cancel);

    /// <summary>
    /// Gives some clients of whom something is kept under their id, and where to go on; null at the end. Over all pages a
    /// client may come twice, and one that came or went meanwhile may be missing.
    /// </summary>
    /// <param name="from">What the page before gave; null for the first.</param>
    /// <param name="most">About how many.</param>
    /// <param name="cancel">Gives up.</param>
    Task<(IReadOnlyList<ClientKey> Clients, string? Next)> ListAsync(string? from, int most, CancellationToken cancel);

    /// <summary>Replaces the clients' checkpoints; their journal entries up to those are needed no more.</summary>
    Task SaveAsync(IReadOnlyList<CheckpointRow> rows, CancellationToken cancel);

    /// <summary>Drops segments below <paramref name="lsn"/>, whose entries checkpoints cover; entries found at opening stay until saved.</summary>
    /// <param name="lsn">The lowest number still needed.</param>
    /// <param name="wipe">Also leave no trace of what was dropped or replaced in the store's files.</param>
    /// <param name="cancel">Gives up.</param>
    Task TrimAsync(long lsn, bool wipe, CancellationToken cancel);

    /// <summary>Gives all definitions of a tenant in chunks, ordered by kind and id, and their version (0 when there are none).</summary>
    Task<ulong> ReadDefinitionsAsync(string tenant, Action<IReadOnlyList<DefinitionRow>> take, CancellationToken cancel);

    /// <exception cref="StoreConflictException">The store is at another version.</exception>
    Task WriteDefinitionsAsync(DefinitionsChange change, CancellationToken cancel);

    /// <summary>The bytes last written under that name, or null: a tenant's, or <c>tenant/report</c>.</summary>
    Task<byte[]?> ReadKnowledgeAsync(string tenant, CancellationToken cancel);

    Task WriteKnowledgeAsync(string tenant, byte[] data, CancellationToken cancel);

    Task<IReadOnlyList<BudgetRow>> ReadBudgetsAsync(string tenant, CancellationToken cancel);

    /// <summary>Replaces what is kept of these campaigns, all or none; without data it goes.</summary>
    Task WriteBudgetsAsync(string tenant, IReadOnlyList<BudgetRow> rows, CancellationToken cancel);

    Task QuarantineAsync(QuarantineRecord record, CancellationToken cancel);

    Task<IReadOnlyList<QuarantineRecord>> ReadQuarantineAsync(int most, CancellationToken cancel);
}
