using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Stores.Memory;

/// <summary>What a <see cref="MemoryStore"/> keeps; outlives it, so that a test can restart an engine on it.</summary>
internal sealed class MemoryDisk
{
    public Lock Gate { get; } = new();

    public long NextLsn { get; set; } = 1;

    public Dictionary<ClientKey, MemoryClient> Clients { get; } = [];

    public Dictionary<string, SortedDictionary<(DefinitionKind Kind, string Id), byte[]>> Definitions { get; } = [];

    public Dictionary<string, ulong> Versions { get; } = [];

    public Dictionary<string, (ulong Sequence, byte[] Data)> Tombstones { get; } = [];

    public byte[]? SecretCheck { get; set; }

    public Dictionary<string, byte[]> Knowledge { get; } = [];

    public Dictionary<(string Tenant, string CampaignId), byte[]> Budgets { get; } = [];

    public List<QuarantineRecord> Quarantine { get; } = [];
}
