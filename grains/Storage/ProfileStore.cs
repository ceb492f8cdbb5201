using Footprint.Grid.Core.Storage;
using Orleans.Storage;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Storage;

/// <summary>
/// Reads clients from Redis and writes their checkpoints, through Orleans' grain storage where one replaces another. The
/// first one, and what is left of an erased client, are written by scripts: they depend on more than the etag.
/// </summary>
internal sealed class ProfileStore(IGridRedis redis, Lazy<IGrainStorage> storage, TombstoneKeys tombstones)
{
    private const string StateName = "profile";
    private const int MaxReads = 8;
    private static readonly GrainType _type = GrainType.Create("client");

    /// <param name="client"><c>tenant/client_id</c>.</param>
    /// <param name="cancel">Ends the wait, not the read.</param>
    /// <exception cref="StoreException">Redis did not give it.</exception>
    public async Task<StoredClient> ReadAsync(string client, CancellationToken cancel)
    {
        for (int reads = 0; reads < MaxReads; reads++)
        {
            Task<GrainState<ProfileBytes>> checkpoint = ReadCheckpointAsync(client, cancel);
            StoredClient found;
            try
            {
                found = await LookAsync(client, cancel);
            }
            catch (StoreException)
            {
                await checkpoint.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                throw;
            }

            if (found.Problem is not null)
            {
                await checkpoint.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                return found;
            }

            // The two reads are not one; a checkpoint written in between shows by its etag.
            GrainState<ProfileBytes> state = await checkpoint;
            if ((state.ETag ?? "") == found.Etag)
            {
                return state.RecordExists ? found with { Checkpoint = state.State!.Data } : found;
            }
        }

        throw new StoreException("The client's checkpoint changed with every read.");
    }

    /// <summary>Writes a checkpoint over the one of that etag and gives the new etag; null when somebody else wrote meanwhile.</summary>
    /// <exception cref="StoreException">Whether it was written is not known: ask <see cref="FindAsync"/>.</exception>
    public async Task<string?> WriteAsync(string client, string etag, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var state = new GrainState<ProfileBytes>(new ProfileBytes { Data = bytes }, etag);
        try
        {
            await redis.WriteAsync(() => storage.Value.WriteStateAsync(StateName, Id(client), state), cancel);
            return state.ETag;
        }
        catch (InconsistentStateException)
        {
            return null;
        }
    }

    /// <summary>The etag under which exactly these bytes are stored; null when others are.</summary>
    public async Task<(string Etag, bool IsSame)> FindAsync(string client, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        GrainState<ProfileBytes> state = await ReadCheckpointAsync(client, cancel);
        return (state.ETag ?? "", state.RecordExists && state.State!.Data.Span.SequenceEqual(bytes.Span));
    }

    /// <summary>Drops the journal that the checkpoint of that etag holds. False when somebody else wrote meanwhile.</summary>
    public async Task<bool> TrimAsync(string client, string etag, int length, CancellationToken cancel)
    {
        RedisKey[] keys = [default, default, RedisLayout.Checkpoint(client), RedisLayout.Journal(client)];
        return (int)await redis.WriteAsync(ProfileScripts.Trim, keys, [default, default, etag, length], cancel) == 1;
    }

    /// <summary>Writes a client's first checkpoint under that etag, for it has none, and drops its journal. False when somebody else wrote.</summary>
    /// <exception cref="StoreException">Whether it was written is not known; the same call finds out.</exception>
    public async Task<bool> BeginAsync(string client, string newEtag, int length, Grave grave, byte[] bytes, CancellationToken cancel)
    {
        RedisKey[] keys = [default, default, RedisLayout.Checkpoint(client), RedisLayout.Journal(client), grave.Key];
        RedisValue[] values = [default, default, newEtag, length, grave.Tombstone, bytes];
        return (int)await redis.WriteAsync(ProfileScripts.Begin, keys, values, cancel) == 1;
    }

    /// <summary>Leaves nothing of an erased client but its tombstone, in quarantine neither. False when somebody else wrote.</summary>
    /// <exception cref="StoreException">Whether it was done is not known; the same call finds out.</exception>
    public async Task<bool> BuryAsync(string client, string etag, int length, Grave grave, byte[] tombstone, CancellationToken cancel)
    {
        RedisKey[] keys =
        [
            default, default, RedisLayout.Checkpoint(client), RedisLayout.Journal(client), grave.Key, RedisLayout.Quarantine,
        ];
        RedisValue[] values = [default, default, etag, length, grave.Tombstone, tombstone, QuarantineField(client)];
        return (int)await redis.WriteAsync(ProfileScripts.Bury, keys, values, cancel) == 1;
    }

    /// <summary>Nothing of a client from before its erasure may be left in quarantine.</summary>
    /// <exception cref="StoreException">It may have been done or not.</exception>
    public Task ReleaseAsync(string client, CancellationToken cancel) => redis.WriteAsync(
        ProfileScripts.Release, [default, default, RedisLayout.Quarantine], [default, default, QuarantineField(client)], cancel);

    /// <summary>Where a client's tombstone would be, and one that somebody else found there.</summary>
    public Grave Grave(string client, byte[] tombstone) => new(RedisLayout.Tombstone(tombstones.Of(client)), tombstone);

    /// <summary>Keeps a record that cannot be trusted; its client is not overwritten.</summary>
    public Task QuarantineAsync(QuarantineRecord record, CancellationToken cancel) => redis.QuarantineAsync(record, cancel);

    /// <summary>Removes a client whose bytes are in quarantine.</summary>
    public Task RemoveAsync(string client, CancellationToken cancel) => redis.WriteAsync(
        ProfileScripts.Remove, [default, default, RedisLayout.Checkpoint(client), RedisLayout.Journal(client)], [default, default], cancel);

    private static GrainId Id(string client) => GrainId.Create(_type, client);

    private static string QuarantineField(string client)
    {
        int slash = client.IndexOf('/', StringComparison.Ordinal);
        return RedisLayout.QuarantineField(client[..slash], "profile", client[(slash + 1)..]);
    }

    private static StoredClient Parse(RedisResult[] look, string grave)
    {
        int missing = (int)look[0];
        RedisResult[]? entries = look[3].IsNull ? null : (RedisResult[]?)look[3];
        string? problem = missing == 2 ? "The checkpoint is not a hash of etag and data."
            : entries is null ? "The journal is not a list."
            : null;
        var journal = new ReadOnlyMemory<byte>[entries?.Length ?? 0];
        for (int i = 0; i < journal.Length; i++)
        {
            journal[i] = (byte[]?)entries![i];
        }

        byte[] data = (byte[]?)look[2] ?? [];
        return new StoredClient(data, (string?)look[1] ?? "", journal, new Grave(grave, missing == 1 ? data : []), problem);
    }

    private async Task<GrainState<ProfileBytes>> ReadCheckpointAsync(string client, CancellationToken cancel)
    {
        var state = new GrainState<ProfileBytes>();
        await redis.ReadAsync(
            async _ =>
            {
                await storage.Value.ReadStateAsync(StateName, Id(client), state);
                return state;
            },
            cancel);
        return state;
    }

    private async Task<StoredClient> LookAsync(string client, CancellationToken cancel)
    {
        string grave = RedisLayout.Tombstone(tombstones.Of(client));
        RedisKey[] keys = [RedisLayout.Checkpoint(client), RedisLayout.Journal(client), grave];
        RedisResult look = await redis.ReadAsync(db => db.ScriptEvaluateAsync(ProfileScripts.Look, keys), cancel);
        return Parse((RedisResult[])look!, grave);
    }
}
