namespace Footprint.Grid.K8s.Tests.Processes;

/// <summary>Waits that end, and say what did not happen.</summary>
internal static class Deadline
{
    /// <summary>Long enough for a loaded machine: it bounds a hang, it measures nothing.</summary>
    public const int Seconds = 120;

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(TimeSpan.FromSeconds(Seconds));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not within {Seconds} s: {what}");
        }
    }

    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(Seconds));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not within {Seconds} s: {what}");
        }
    }
}
