using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Waits with an end.</summary>
internal static class Waiting
{
    /// <param name="task">What is waited for; it goes on when the wait ends.</param>
    /// <param name="untilMs">When the wait ends, in milliseconds since the epoch.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="GridException"><c>UNAVAILABLE</c>: it did not end by then.</exception>
    public static async Task ByAsync(this Task task, long untilMs, TimeProvider time)
    {
        if (task.IsCompleted)
        {
            await task;
            return;
        }

        long left = untilMs - time.GetUtcNow().ToUnixTimeMilliseconds();
        try
        {
            await task.WaitAsync(TimeSpan.FromMilliseconds(Math.Clamp(left, 0, int.MaxValue)), time);
        }
        catch (TimeoutException)
        {
            throw new GridException(Code.Unavailable, "The client's profile was not there in time.");
        }
    }
}
