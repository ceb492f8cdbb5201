using System.Buffers.Binary;
using Footprint.Grid.Embedded.Stores;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Retention;

/// <summary>
/// When it is time for a sweep. When the last whole one began is kept in the store: a node that is restarted more often than
/// it sweeps must sweep all the same. What is overdue at the start waits until the node has settled, and one that was broken
/// off is made up for soon.
/// </summary>
internal sealed partial class SweepTimes(IGridStore store, TimeSpan interval, TimeProvider time, ILogger logger)
{
    /// <summary>Under which the store keeps it; no tenant has such a name.</summary>
    public const string Name = "*/swept";

    /// <summary>How long a sweep that is overdue waits after the start.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan _again = TimeSpan.FromMinutes(10);

    /// <param name="sweep">One sweep over everything; false when it was broken off.</param>
    /// <param name="stop">Ends it, with an exception.</param>
    public async Task RunAsync(Func<CancellationToken, Task<bool>> sweep, CancellationToken stop)
    {
        TimeSpan wait = await ReadAsync(stop) is { } last ? last + interval - time.GetUtcNow() : TimeSpan.Zero;
        wait = wait < Settling ? Settling : wait;
        while (true)
        {
            // However far a clock was put forward and back.
            await Task.Delay(wait < interval ? wait : interval, time, stop);
            DateTimeOffset began = time.GetUtcNow();
            bool isWhole = await sweep(stop);
            if (isWhole)
            {
                await WriteAsync(began, stop);
            }

            wait = isWhole ? began + interval - time.GetUtcNow() : _again;
            wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        }
    }

    private async Task<DateTimeOffset?> ReadAsync(CancellationToken stop)
    {
        try
        {
            byte[]? kept = await store.ReadKnowledgeAsync(Name, stop);
            return kept is { Length: sizeof(long) } ? DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64LittleEndian(kept)) : null;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogNotRead(logger, e);
            return null;
        }
    }

    private async Task WriteAsync(DateTimeOffset began, CancellationToken stop)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, began.ToUnixTimeSeconds());
        try
        {
            await store.WriteKnowledgeAsync(Name, bytes, stop);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogNotWritten(logger, e);
        }
    }
}
