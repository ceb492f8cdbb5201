using Footprint.Grid.Core.Clients;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>Holds an answer back until what it promises is durable, or fails the call as <see cref="DurablePromise"/> says.</summary>
internal sealed class DurableGate(Committer committer, TimeProvider time)
{
    public ValueTask WaitAsync(long position, CallContext call)
    {
        long lastMoment = DurablePromise.LastMoment(call.Deadline.ToUnixTimeMilliseconds(), time.GetUtcNow().ToUnixTimeMilliseconds());
        ValueTask<bool> wait = committer.WaitAsync(position, lastMoment);
        return wait.IsCompleted ? Judge(wait.Result) : new ValueTask(JudgeAsync(wait));
    }

    private async Task JudgeAsync(ValueTask<bool> wait) => await Judge(await wait);

    private ValueTask Judge(bool durable) => durable ? default : throw DurablePromise.Broken(committer.Problem);
}
