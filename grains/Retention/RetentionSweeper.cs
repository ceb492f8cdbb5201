using System.Globalization;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Retention;

/// <summary>
/// Removes what Redis holds of clients without an event or a consent since a moment. One call looks at one batch of keys. A client
/// is removed only if nobody wrote it meanwhile; one that is in memory all the same finds that out with its next write. What an
/// erasure left stays, and so does what cannot be read.
/// </summary>
internal sealed class RetentionSweeper(IGridRedis redis)
{
    /// <summary>Keys that Redis is asked to look at for one batch; it may give some more or fewer.</summary>
    public const int BatchSize = 250;

    /// <summary>KEYS checkpoint, journal from 3. ARGV etag from 3. 1 when it is gone, 0 when somebody wrote meanwhile.</summary>
    private const string Remove = """
        if (redis.call('HGET', KEYS[3], 'etag') or '') ~= ARGV[3] then return 0 end
        if redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
        return redis.call('DEL', KEYS[3])
        """;

    private static readonly RedisValue[] _fields = ["etag", "data"];

    /// <param name="cursor">0 to begin, then what the last batch gave.</param>
    /// <param name="cutoffMs">Who was last seen before this goes.</param>
    /// <exception cref="StoreException">Redis does not answer.</exception>
    public async Task<SweptBatch> StepAsync(string tenant, long cursor, long cutoffMs, CancellationToken cancel)
    {
        var prefix = GridKeys.CheckpointPrefix + tenant + "/";
        var scanned = await redis.ReadAsync(
            db => db.ExecuteAsync("SCAN", cursor.ToString(CultureInfo.InvariantCulture), "MATCH", prefix + "*", "COUNT", BatchSize), cancel);
        var clients = new HashSet<string>(StringComparer.Ordinal);
        foreach (string? key in (string?[])scanned[1]!)
        {
            if (key is not null && ClientOf(key, prefix) is { } client)
            {
                clients.Add(client);
            }
        }

        var unfolded = new List<string>();
        var removed = 0;
        foreach (var found in await redis.ReadAsync(db => Task.WhenAll(clients.Select(client => LookAsync(db, tenant, client))), cancel))
        {
            if (found.LastSeenMs >= cutoffMs)
            {
                continue;
            }

            if (found.HasJournal)
            {
                unfolded.Add(found.Client);
            }
            else if (await RemoveAsync(tenant, found.Client, found.Etag, cancel))
            {
                removed++;
                await RemoveAliasesAsync(tenant, found, cancel);
            }
        }

        return new SweptBatch(long.Parse((string)scanned[0]!, CultureInfo.InvariantCulture), removed, unfolded);
    }

    // A checkpoint's key ends in a brace and a journal's in a brace and more; whatever else an id holds.
    private static string? ClientOf(string key, string prefix) =>
        key.EndsWith(GridKeys.JournalSuffix, StringComparison.Ordinal) ? key[prefix.Length..^GridKeys.JournalSuffix.Length]
        : key.EndsWith(GridKeys.CheckpointSuffix, StringComparison.Ordinal) ? key[prefix.Length..^GridKeys.CheckpointSuffix.Length]
        : null;

    private static async Task<Found> LookAsync(IDatabase db, string tenant, string client)
    {
        var name = $"{tenant}/{client}";
        try
        {
            var journal = db.KeyExistsAsync(GridKeys.Journal(name));
            var fields = await db.HashGetAsync(GridKeys.Checkpoint(name), _fields);
            var hasJournal = await journal;
            if (fields[1].IsNull)
            {
                // Nothing but a journal: too young for a checkpoint, or left by a silo that died.
                return new Found(client, "", hasJournal ? long.MinValue : long.MaxValue, hasJournal, []);
            }

            var (lastSeen, aliases) = Read((byte[])fields[1]!);
            return new Found(client, fields[0].ToString(), lastSeen, hasJournal, aliases);
        }
        catch (RedisServerException)
        {
            // Of another type than it should be: whoever loads the client sets it aside.
            return new Found(client, "", long.MaxValue, false, []);
        }
    }

    /// <summary>When the client was last heard of; never ending for what must stay.</summary>
    private static (long LastSeenMs, IReadOnlyList<string> Aliases) Read(byte[] data)
    {
        try
        {
            var profile = StoredProfile.Parser.ParseFrom(Checkpoint.Parser.ParseFrom(data).Profile);
            if (profile.ErasedAtMs != 0 || profile.AliasOf.Length > 0)
            {
                return (long.MaxValue, []);
            }

            var last = Math.Max(profile.FirstSeenMs, profile.LastSeenMs);
            foreach (var consent in profile.Consents)
            {
                last = Math.Max(last, consent.Time is { } time ? (time.Seconds * 1000) + (time.Nanos / 1_000_000) : 0);
            }

            return (last == 0 ? long.MaxValue : last, profile.Aliases);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            return (long.MaxValue, []);
        }
    }

    private async Task<bool> RemoveAsync(string tenant, string client, string etag, CancellationToken cancel)
    {
        var name = $"{tenant}/{client}";
        RedisKey[] keys = [default, default, GridKeys.Checkpoint(name), GridKeys.Journal(name)];
        return (int)await redis.WriteAsync(Remove, keys, [default, default, etag], cancel) == 1;
    }

    /// <summary>The ids that became a part of a client are removed with it; one that is left over only leads to a new profile.</summary>
    private async Task RemoveAliasesAsync(string tenant, Found client, CancellationToken cancel)
    {
        foreach (var alias in client.Aliases)
        {
            var fields = await redis.ReadAsync(db => db.HashGetAsync(GridKeys.Checkpoint($"{tenant}/{alias}"), _fields), cancel);
            if (!fields[1].IsNull && PointsTo((byte[])fields[1]!, client.Client))
            {
                await RemoveAsync(tenant, alias, fields[0].ToString(), cancel);
            }
        }
    }

    private static bool PointsTo(byte[] data, string client)
    {
        try
        {
            return StoredProfile.Parser.ParseFrom(Checkpoint.Parser.ParseFrom(data).Profile).AliasOf == client;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            return false;
        }
    }

    private sealed record Found(string Client, string Etag, long LastSeenMs, bool HasJournal, IReadOnlyList<string> Aliases);
}
