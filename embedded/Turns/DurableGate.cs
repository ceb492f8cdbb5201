using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>
/// Holds an answer back until what it promises is durable. When that does not happen in time the call fails with
/// <c>UNAVAILABLE</c>: the change was applied and is saved as soon as the store takes it, but that is no longer promised.
/// The wait ends a little before the caller's deadline, so that the caller hears this rather than its own clock.
/// </summary>
internal sealed class DurableGate(Committer committer, TimeProvider time)
{
    private const long MostMarginMs = 25;

    public ValueTask WaitAsync(long position, CallContext call)
    {
        long deadline = call.Deadline.ToUnixTimeMilliseconds();
        long left = deadline - time.GetUtcNow().ToUnixTimeMilliseconds();
        ValueTask<bool> wait = committer.WaitAsync(position, deadline - Math.Clamp(left / 8, 0, MostMarginMs));
        return wait.IsCompleted ? Judge(wait.Result) : new ValueTask(JudgeAsync(wait));
    }

    private async Task JudgeAsync(ValueTask<bool> wait) => await Judge(await wait);

    private ValueTask Judge(bool durable) => durable
        ? default
        : throw new GridException(
            Code.Unavailable,
            committer.Problem ?? "The change was applied but did not become durable by the deadline.");
}
