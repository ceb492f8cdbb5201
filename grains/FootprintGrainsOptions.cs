using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Core.Validation;

namespace Footprint.Grid.Grains;

/// <summary>How a silo keeps clients. <see cref="Validate"/> names everything wrong with it at once.</summary>
public sealed class FootprintGrainsOptions
{
    /// <summary><c>HOST:PORT</c> of the Redis that holds everything, or any configuration string of its client. Not a Redis cluster.</summary>
    public string Redis { get; set; } = "";

    /// <summary>
    /// Keys the hashes under which erased clients are remembered, 32 to 4,096 bytes. The same on every silo, and as long as
    /// the Redis is: a Redis is only opened with the secret that it was first opened with, a node's included.
    /// </summary>
    public byte[] Secret { get; set; } = [];

    /// <summary>The tenants served. The same on every silo.</summary>
    public IDictionary<string, TenantSettings> Tenants { get; } =
        new Dictionary<string, TenantSettings>(StringComparer.Ordinal) { ["default"] = new(ConsentRegime.OptOut) };

    /// <summary>How often each tenant with rules of retention is looked through, 1 minute to 30 days.</summary>
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Requests of one client that may be under way at a time, 1 to 100,000; beyond that they are refused with RESOURCE_EXHAUSTED.</summary>
    public int MaxRequestsPerClient { get; set; } = 1024;

    /// <summary>Bytes of changes that may wait for Redis in one silo, 64 KiB to 1 GiB. Beyond that events are refused with RESOURCE_EXHAUSTED.</summary>
    public long MaxPendingBytes { get; set; } = 64L << 20;

    /// <summary>
    /// Bytes of a client's journal from which its profile is written anew, 1 KiB to 16 MiB; a profile of more than half
    /// of that waits until its journal is twice its own size.
    /// </summary>
    public int CheckpointBytes { get; set; } = 16 << 10;

    /// <summary>Age of a client's oldest journal entry from which its next change writes the profile anew, 1 s to 1 day.</summary>
    public TimeSpan CheckpointAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a client that nobody asks for stays in memory, 1 minute to 1 day.</summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long one call to Redis may take before its outcome counts as unknown, 100 ms to 1 minute.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A write that takes longer makes the silo not ready, 10 ms to 1 minute.</summary>
    public TimeSpan SlowStore { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>All that is wrong, each with the option's name and its limit; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Redis.Length == 0)
        {
            errors.Add($"{nameof(Redis)}: HOST:PORT of the Redis that holds everything is required.");
        }

        errors.Range("Secret.Length", Secret.Length, TombstoneKeys.LeastSecretBytes, TombstoneKeys.MostSecretBytes);
        errors.Tenants(nameof(Tenants), Tenants);
        errors.Range(nameof(RetentionInterval), RetentionInterval, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        errors.Range(nameof(MaxRequestsPerClient), MaxRequestsPerClient, 1, 100_000);
        errors.Range(nameof(MaxPendingBytes), MaxPendingBytes, 64 << 10, 1 << 30);
        errors.Range(nameof(CheckpointBytes), CheckpointBytes, 1 << 10, 16 << 20);
        errors.Range(nameof(CheckpointAfter), CheckpointAfter, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        errors.Range(nameof(IdleAfter), IdleAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1));
        errors.Range(nameof(StoreTimeout), StoreTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        errors.Range(nameof(SlowStore), SlowStore, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        return errors;
    }
}
