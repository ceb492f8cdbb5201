using System.Globalization;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;

namespace Footprint.Grid.Grains.Retention;

/// <summary>
/// Finds the clients in Redis of whom a tenant's rules say that something is too old, or who are in other segments than they were.
/// It only reads: a client changes itself, in a turn of its own, so that nothing is taken from somebody who has just come back. One
/// call looks at one batch of keys.
/// </summary>
internal sealed class RetentionSweeper(IGridRedis redis, ProfileStore store, TenantSnapshots tenants, FootprintGrainsOptions options, TimeProvider time)
{
    /// <summary>Keys that Redis is asked to look at for one batch; it may give some more or fewer.</summary>
    public const int BatchSize = 250;

    // Enough at once to hide the way to Redis, few enough not to hold up others.
    private const int ReadsAtOnce = 16;

    /// <param name="cursor">0 to begin, then what the last batch gave.</param>
    /// <exception cref="StoreException">Redis does not answer.</exception>
    public async Task<SweptBatch> StepAsync(string tenant, long cursor, CancellationToken cancel)
    {
        var scanned = await redis.ReadAsync(
            db => db.ExecuteAsync("SCAN", cursor.ToString(CultureInfo.InvariantCulture), "MATCH", RedisLayout.ClientsOf(tenant), "COUNT", BatchSize), cancel);
        var clients = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? key in (string?[])scanned[1]!)
        {
            if (key is not null && RedisLayout.Client(key) is { } client)
            {
                clients.Add(client.ClientId);
            }
        }

        var due = new List<string>();
        if (options.Tenants.TryGetValue(tenant, out TenantSettings? settings) && tenants.Find(tenant) is { IsLoaded: true } snapshot)
        {
            foreach (string[] some in clients.Chunk(ReadsAtOnce))
            {
                bool[] found = await Task.WhenAll(some.Select(client => IsDueAsync(new ClientKey(tenant, client), snapshot, settings.Retention, cancel)));
                due.AddRange(some.Where((_, index) => found[index]));
            }
        }

        return new SweptBatch(long.Parse((string)scanned[0]!, CultureInfo.InvariantCulture), due);
    }

    private async Task<bool> IsDueAsync(ClientKey key, TenantSnapshot tenant, RetentionRules rules, CancellationToken cancel)
    {
        StoredClient stored = await store.ReadAsync(key.ToString(), cancel);
        try
        {
            return stored.Rebuild(key).IsDue(tenant.Turn(time.GetUtcNow().ToUnixTimeMilliseconds(), long.MaxValue, 0, NoJournal.Instance), rules);
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            // Whatever the bytes make the decoder throw: whoever needs the client next finds it, and sets it aside.
            return false;
        }
    }
}
