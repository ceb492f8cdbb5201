using System.Threading.Tasks.Sources;

namespace Footprint.Grid.Embedded.Journal;

/// <summary>One call waiting for a position to be durable; pooled by the commit log. True when it came in time.</summary>
internal sealed class DurableWaiter : IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

    public DurableWaiter(Action<DurableWaiter> giveBack)
    {
        GiveBack = giveBack;
    }

    private Action<DurableWaiter> GiveBack { get; }

    public long Position { get; private set; }

    public long DeadlineMs { get; private set; }

    public ValueTask<bool> Start(long position, long deadlineMs)
    {
        _core.Reset();
        Position = position;
        DeadlineMs = deadlineMs;
        return new ValueTask<bool>(this, _core.Version);
    }

    public void Complete(bool durable) => _core.SetResult(durable);

    public bool GetResult(short token)
    {
        bool durable = _core.GetResult(token);
        GiveBack(this);
        return durable;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
