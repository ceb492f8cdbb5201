using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>
/// Remembers which checkpoints may have been written, when Redis did not say. An etag found later that is neither the
/// one known nor the one tried is somebody else's.
/// </summary>
internal sealed class RedisEtags(IDatabase redis)
{
    private readonly Dictionary<ClientKey, string> _tried = [];

    public void Try(IJournalClient client, string etag) => _tried[client.Key] = etag;

    public void Written(IJournalClient client, string etag)
    {
        client.Etag = etag;
        _tried.Remove(client.Key);
    }

    /// <summary>Finds out what the client's etag is now.</summary>
    /// <exception cref="StoreConflictException">It is one that this process never wrote.</exception>
    public async Task ResolveAsync(IJournalClient client)
    {
        string? found = await redis.HashGetAsync(RedisLayout.Checkpoint(client.Key), "etag");
        if (_tried.TryGetValue(client.Key, out string? tried) && found == tried)
        {
            Written(client, tried);
        }
        else
        {
            throw new StoreConflictException($"A checkpoint of tenant {client.Key.Tenant} was written by somebody else.");
        }
    }
}
