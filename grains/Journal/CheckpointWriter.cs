using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Storage;

namespace Footprint.Grid.Grains.Journal;

/// <summary>
/// Writes a profile and then drops the journal that it holds. A write of unknown outcome is looked for before it is made
/// again; it ends when it is done, when somebody else wrote, or when the client was dropped.
/// </summary>
internal static class CheckpointWriter
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    /// <summary>The checkpoint's etag; null when somebody else wrote the client.</summary>
    /// <param name="tail">What it goes onto; no entries.</param>
    /// <param name="profile">The checkpoint's bytes.</param>
    /// <param name="live">Whose they are.</param>
    /// <param name="services">What all clients share.</param>
    public static async Task<string?> WriteAsync(AppendGroup tail, byte[] profile, LiveClient live, ClientServices services)
    {
        string? etag = await (tail.Etag.Length == 0 ? BeginAsync(tail, profile, live, services) : ReplaceAsync(tail, profile, live, services));
        if (etag is not null && live.Actor.Profile.ErasedAtMs > 0)
        {
            await RepeatAsync(
                async _ =>
                {
                    await services.Store.ReleaseAsync(tail.Client, CancellationToken.None);
                    return (true, true);
                },
                live,
                services);
        }

        return etag;
    }

    /// <summary>Leaves nothing of an erased client but its tombstone; false when somebody else wrote the client.</summary>
    public static Task<bool> BuryAsync(AppendGroup tail, byte[] tombstone, LiveClient live, ClientServices services) => RepeatAsync(
        async _ => (true, await services.Store.BuryAsync(tail.Client, tail.Etag, tail.Length, tail.Grave, tombstone, CancellationToken.None)),
        live,
        services);

    // The etag is made here, so that a repeat knows its own write.
    private static Task<string?> BeginAsync(AppendGroup tail, byte[] profile, LiveClient live, ClientServices services)
    {
        string etag = Guid.NewGuid().ToString("N");
        return RepeatAsync(
            async _ =>
            {
                bool isWritten = await services.Store.BeginAsync(tail.Client, etag, tail.Length, tail.Grave, profile, CancellationToken.None);
                return (true, isWritten ? etag : null);
            },
            live,
            services);
    }

    private static async Task<string?> ReplaceAsync(AppendGroup tail, byte[] profile, LiveClient live, ClientServices services)
    {
        (string client, string etag, int length) = (tail.Client, tail.Etag, tail.Length);
        string? written = await RepeatAsync(
            async isRepeat =>
            {
                if (isRepeat)
                {
                    (string found, bool isSame) = await services.Store.FindAsync(client, profile, CancellationToken.None);
                    if (isSame || found != etag)
                    {
                        return (true, isSame ? found : null);
                    }
                }

                // A conflict may be this very write, come late: the next round looks before anybody else is suspected.
                string? mine = await services.Store.WriteAsync(client, etag, profile, CancellationToken.None);
                return (mine is not null, mine);
            },
            live,
            services);
        if (written is null || length == 0)
        {
            return written;
        }

        bool trimmed = await RepeatAsync(
            async _ => (true, await services.Store.TrimAsync(client, written, length, CancellationToken.None)), live, services);
        return trimmed ? written : null;
    }

    private static async Task<T?> RepeatAsync<T>(Func<bool, Task<(bool Done, T? Result)>> write, LiveClient live, ClientServices services)
    {
        TimeSpan pause = _firstPause;
        for (bool isRepeat = false; !live.IsDead; isRepeat = true)
        {
            try
            {
                (bool done, T? result) = await write(isRepeat);
                if (done)
                {
                    return result;
                }
            }
            catch (StoreException e)
            {
                services.Metrics.StoreFailed("checkpoint");
                ClientCell.LogCheckpointFailed(services.Logger, e);
            }
            catch (NotOwnerException)
            {
                return default;
            }

            await Task.Delay(pause, services.Time);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, _longestPause.Ticks));
        }

        return default;
    }
}
