namespace Footprint.Grid.Node.Tests.Processes;

/// <summary>Waits that end, and say what did not happen.</summary>
internal static class Deadline
{
    /// <summary>Long enough for a loaded machine: it bounds a hang, it measures nothing.</summary>
    public const int Seconds = 60;

    public static async Task<T> Within<T>(this Task<T> task, string what, int seconds = Seconds)
    {
        try
        {
            return await task.WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not within {seconds} s: {what}");
        }
    }

    public static Task Within(this Task task, string what, int seconds = Seconds) => Answer(task).Within(what, seconds);

    public static Task<T> Within<T>(this ValueTask<T> task, string what, int seconds = Seconds) => task.AsTask().Within(what, seconds);

    /// <summary>Asks again and again until the answer is yes.</summary>
    public static async Task Until(Func<Task<bool>> condition, string what, int seconds = Seconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        var end = TimeProvider.System.GetTimestamp() + (seconds * TimeProvider.System.TimestampFrequency);
        while (!await condition().Within(what, seconds))
        {
            if (TimeProvider.System.GetTimestamp() > end)
            {
                throw new TimeoutException($"not within {seconds} s: {what}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task<bool> Answer(Task task)
    {
        await task;
        return true;
    }
}
