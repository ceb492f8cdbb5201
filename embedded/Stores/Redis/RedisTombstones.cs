using System.Globalization;
using Footprint.Grid.Core.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Stores.Redis;

/// <summary>What is left of erased clients, and what tells the secret of their keys from others.</summary>
internal sealed class RedisTombstones(IDatabase redis, RedisScriptCall scripts, RedisLease lease, RedisEtags etags)
{
    public async Task<IReadOnlyList<byte[]>> FindAsync(IReadOnlyList<byte[]> keys)
    {
        RedisValue[] found = await redis.StringGetAsync([.. keys.Select(key => (RedisKey)RedisLayout.Tombstone(key))]);
        return [.. found.Select(value => value.IsNull ? [] : (byte[])value!)];
    }

    /// <summary>Nobody else writes it meanwhile: this process owns the store.</summary>
    public async Task<byte[]> KeepSecretCheckAsync(byte[] check)
    {
        await redis.StringSetAsync(RedisLayout.SecretCheck, check, when: When.NotExists);
        return (await redis.StringGetAsync(RedisLayout.SecretCheck))!;
    }

    /// <summary>Nothing of a client from before its erasure may be left in quarantine.</summary>
    public Task ReleaseAsync(IEnumerable<CheckpointRow> rows)
    {
        RedisValue[] fields = [.. rows.Where(r => r.WasErased).Select(r => (RedisValue)Field(r))];
        return fields.Length == 0 ? Task.CompletedTask : redis.HashDeleteAsync(RedisLayout.Quarantine, fields);
    }

    public async Task BuryAsync(CheckpointRow row, CancellationToken cancel)
    {
        var key = row.Client.Key;
        RedisKey[] keys =
        [
            RedisLayout.Owner, RedisLayout.Checkpoint(key), RedisLayout.Journal(key), RedisLayout.Tombstone(row.Tombstone!),
        ];
        RedisValue[] values =
        [
            lease.Token, row.Client.Etag ?? "", row.Sequence.ToString(CultureInfo.InvariantCulture), row.Data,
        ];
        RedisResult done = await scripts.RunAsync(RedisScripts.Bury, keys, values, cancel);
        if ((long)done == 0)
        {
            throw new StoreConflictException($"A checkpoint of tenant {key.Tenant} was written by somebody else.");
        }

        etags.Written(row.Client, "");
    }

    private static string Field(in CheckpointRow row) => RedisLayout.QuarantineField(row.Client.Key.Tenant, "profile", row.Client.Key.ClientId);
}
