using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Core.Definitions;

/// <summary>One caller's change on its way to be durable and published.</summary>
/// <param name="Edit">What it changes.</param>
/// <param name="Deadline">Nobody waits for it after that, so it is not begun any more.</param>
public sealed record WaitingEdit(DefinitionsEdit Edit, DateTimeOffset Deadline)
{
    /// <summary>The version it made.</summary>
    public TaskCompletionSource<ulong> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for that version, until the deadline.</summary>
    /// <exception cref="GridException">
    /// The change was refused; <c>UNAVAILABLE</c>: it was not confirmed in time; <c>CANCELLED</c>: the caller went away.
    /// </exception>
    public async Task<ulong> WaitAsync(TimeProvider time, CancellationToken cancelled)
    {
        TimeSpan left = Deadline - time.GetUtcNow();
        try
        {
            return await Done.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancelled);
        }
        catch (TimeoutException)
        {
            throw new GridException(Code.Unavailable, "The store did not confirm the change in time; it may still be made.");
        }
        catch (OperationCanceledException)
        {
            throw new GridException(Code.Cancelled, "The caller went away.");
        }
    }
}
