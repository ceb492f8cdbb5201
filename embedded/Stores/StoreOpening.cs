using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores;

/// <summary>What a store found when it was opened.</summary>
/// <param name="NextLsn">The number that the next segment takes.</param>
/// <param name="JournalBytes">Bytes of journal that no checkpoint covers yet.</param>
/// <param name="Unsaved">Clients with such entries, as far as the store lists them.</param>
/// <param name="Quarantined">Records in quarantine.</param>
internal sealed record StoreOpening(long NextLsn, long JournalBytes, IReadOnlyCollection<ClientKey> Unsaved, long Quarantined);
