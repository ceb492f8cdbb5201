namespace Footprint.Grid.Conformance;

/// <summary>Waits with an end that names what did not happen.</summary>
public static class Patience
{
    /// <summary>Long enough for a loaded machine: it bounds a hang, it measures nothing.</summary>
    public const int Seconds = 60;

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(Seconds);

    public static Task<T> Within<T>(this ValueTask<T> task, string what, int seconds = Seconds) => task.AsTask().Within(what, seconds);

    public static async Task<T> Within<T>(this Task<T> task, string what, int seconds = Seconds)
    {
        try
        {
            return await task.WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            throw Late(what, seconds);
        }
    }

    public static async Task Within(this Task task, string what, int seconds = Seconds)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            throw Late(what, seconds);
        }
    }

    /// <summary>Looks again until the condition holds.</summary>
    public static Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what, everyMs: 5);

    /// <summary>Asks again and again until the answer is yes.</summary>
    public static async Task Until(Func<Task<bool>> condition, string what, int seconds = Seconds, int everyMs = 30)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(everyMs));
        while (!await condition().Within(what, seconds))
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw Late(what, seconds);
            }
        }
    }

    private static TimeoutException Late(string what, int seconds) => new($"Did not happen within {seconds} s: {what}.");
}
