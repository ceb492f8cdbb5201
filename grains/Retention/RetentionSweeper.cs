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
/// Finds the clients in Redis, of all tenants, of whom their tenants' rules say that something is too old, or who are in other segments than they were.
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
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="StoreException">Redis does not answer.</exception>
    public async Task<SweptBatch> StepAsync(long cursor, CancellationToken cancel)
    {
        var scanned = await redis.ReadAsync(
            db => db.ExecuteAsync("SCAN", cursor.ToString(CultureInfo.InvariantCulture), "MATCH", RedisLayout.AnyClient, "COUNT", BatchSize), cancel);
        HashSet<ClientKey> clients = [.. ((string?[])scanned[1]!).Select(key => key is null ? null : RedisLayout.Client(key)).OfType<ClientKey>().Where(IsServed)];
        var due = new List<ClientKey>();
        foreach (ClientKey[] some in clients.Chunk(ReadsAtOnce))
        {
            bool[] found = await Task.WhenAll(some.Select(client => IsDueAsync(client, cancel)));
            due.AddRange(some.Where((_, index) => found[index]));
        }

        return new SweptBatch(long.Parse((string)scanned[0]!, CultureInfo.InvariantCulture), due);
    }

    private bool IsServed(ClientKey client) => options.Tenants.ContainsKey(client.Tenant) && tenants.Find(client.Tenant) is { IsLoaded: true };

    private async Task<bool> IsDueAsync(ClientKey key, CancellationToken cancel)
    {
        StoredClient stored = await store.ReadAsync(key.ToString(), cancel);
        try
        {
            TenantSnapshot tenant = tenants.Find(key.Tenant)!;
            return stored.Rebuild(key).IsDue(
                tenant.Turn(time.GetUtcNow().ToUnixTimeMilliseconds(), long.MaxValue, 0, NoJournal.Instance), options.Tenants[key.Tenant].Retention);
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            // Whatever the bytes make the decoder throw: whoever needs the client next finds it, and sets it aside.
            return false;
        }
    }
}
