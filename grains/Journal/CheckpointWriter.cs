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
    public static async Task<string?> WriteAsync(
        string client, string etag, int length, byte[] profile, LiveClient live, ClientServices services)
    {
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
