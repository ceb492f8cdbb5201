namespace Footprint.Grid.Api.Tests.Support;

/// <summary>Every await of a test has an end, and says what did not happen.</summary>
internal static class Wait
{
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    public static async Task<T> For<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"In {Limit}: no {what}.");
        }
    }

    public static async Task For(Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"In {Limit}: no {what}.");
        }
    }
}
