using System.Security.Cryptography;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Core.Validation;

namespace Footprint.Grid.Embedded;

/// <summary>How the one-process engine is set up. <see cref="Validate"/> names everything wrong with it at once.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>Directory of the SQLite files, made when missing. Required with <see cref="StoreKind.Sqlite"/>.</summary>
    public string DataDirectory { get; set; } = "";

    public StoreKind Store { get; set; } = StoreKind.Sqlite;

    /// <summary><c>HOST:PORT</c> of the Redis, or any configuration string of its client. Required with <see cref="StoreKind.Redis"/>.</summary>
    public string Redis { get; set; } = "";

    /// <summary>
    /// Keys the hashes under which erased clients are remembered, 32 bytes or more; by chance unless given. A store is only
    /// opened with the secret that it was first opened with.
    /// </summary>
    public byte[] Secret { get; set; } = RandomNumberGenerator.GetBytes(TombstoneKeys.LeastSecretBytes);

    /// <summary>The tenants served.</summary>
    public IDictionary<string, TenantSettings> Tenants { get; } =
        new Dictionary<string, TenantSettings>(StringComparer.Ordinal) { ["default"] = new(ConsentRegime.OptOut) };

    /// <summary>How often all stored clients are looked over for what is too old, 1 minute to 30 days.</summary>
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Profiles kept in memory, 16 to 100,000,000. Idle ones beyond that go and come back on demand.</summary>
    public int MaxResidentProfiles { get; set; } = 1_000_000;

    /// <summary>Memory for profiles in bytes, as estimated from their stored size; 1 MiB or more.</summary>
    public long MaxResidentBytes { get; set; } = 4L << 30;

    /// <summary>Bytes of changes that may wait for the store, 64 KiB to 1 GiB. Beyond that events are refused with RESOURCE_EXHAUSTED.</summary>
    public long MaxPendingBytes { get; set; } = 64L << 20;

    /// <summary>
    /// Bytes of journal, 1 MiB or more: from three quarters of it profiles are checkpointed at full speed, at twice that
    /// events are refused. The larger it is, the fewer checkpoints an event costs, and the longer a start after a crash takes.
    /// </summary>
    public long MaxJournalBytes { get; set; } = 512L << 20;

    /// <summary>How long a change may stay in the journal alone, 1 s to 1 day.</summary>
    public TimeSpan CheckpointAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long changes nobody waits for may gather before they are written, 0 to 1 s; what a crash may forget of them.</summary>
    public TimeSpan CommitDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How often shared knowledge is published to decisions, 10 ms to 1 minute.</summary>
    public TimeSpan KnowledgeInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often shared knowledge is saved, 1 s to 1 hour. A crash loses what was learned since.</summary>
    public TimeSpan KnowledgeSaveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A write that takes longer makes the engine not ready, 10 ms to 1 minute.</summary>
    public TimeSpan SlowStore { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a shutdown may take to save everything, 1 s to 10 minutes.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>All that is wrong, each with the option's name and its limit; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        CheckStore(errors);
        errors.Tenants(nameof(Tenants), Tenants);
        errors.Range("Secret.Length", Secret.Length, TombstoneKeys.LeastSecretBytes, TombstoneKeys.MostSecretBytes);
        errors.Range(nameof(RetentionInterval), RetentionInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        errors.Range(nameof(MaxResidentProfiles), MaxResidentProfiles, 16, 100_000_000);
        errors.Range(nameof(MaxResidentBytes), MaxResidentBytes, 1 << 20, long.MaxValue);
        errors.Range(nameof(MaxPendingBytes), MaxPendingBytes, 64 << 10, 1 << 30);
        errors.Range(nameof(MaxJournalBytes), MaxJournalBytes, 1 << 20, long.MaxValue / 4);
        errors.Range(nameof(CheckpointAfter), CheckpointAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        errors.Range(nameof(CommitDelay), CommitDelay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        errors.Range(nameof(KnowledgeInterval), KnowledgeInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        errors.Range(nameof(KnowledgeSaveInterval), KnowledgeSaveInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        errors.Range(nameof(SlowStore), SlowStore, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        errors.Range(nameof(ShutdownTimeout), ShutdownTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        return errors;
    }

    private void CheckStore(List<string> errors)
    {
        if (!Enum.IsDefined(Store))
        {
            errors.Add($"{nameof(Store)}: {Store} is none of {string.Join(", ", Enum.GetNames<StoreKind>())}.");
        }

        if (Store == StoreKind.Sqlite && string.IsNullOrWhiteSpace(DataDirectory))
        {
            errors.Add($"{nameof(DataDirectory)}: required with the {nameof(StoreKind.Sqlite)} store.");
        }

        if (Store == StoreKind.Redis && string.IsNullOrWhiteSpace(Redis))
        {
            errors.Add($"{nameof(Redis)}: HOST:PORT is required with the {nameof(StoreKind.Redis)} store.");
        }
    }
}
