using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Batches;

/// <summary>
/// The decisions on their way to one silo. The first one makes the thread pool send what waits when it comes to it, so that
/// those read from the network in between go along; while enough messages are under way, more gather for the next.
/// </summary>
internal sealed class SiloLane(ISiloGrain silo) : IThreadPoolWorkItem
{
    /// <summary>Decisions in one message; their answers stay below the size from which arrays are collected with the oldest.</summary>
    public const int MostCalls = 32;

    /// <summary>Messages without an answer.</summary>
    public const int MostUnderWay = 4;

    /// <summary>Decisions that wait to be sent.</summary>
    public const int MostWaiting = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<WaitingCall> _waiting = new();
    private int _underWay;
    private bool _isQueued;

    /// <summary>False when too many wait.</summary>
    public bool TryAsk(in ClientCall call, out Task<Payload> answer)
    {
        var waiting = new WaitingCall(call);
        answer = waiting.Task;
        lock (_lock)
        {
            if (_waiting.Count >= MostWaiting)
            {
                return false;
            }

            _waiting.Enqueue(waiting);
            if (_isQueued || _underWay >= MostUnderWay)
            {
                return true;
            }

            _isQueued = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    public void Execute()
    {
        while (Next() is { } calls)
        {
            _ = SendAsync(calls);
        }
    }

    private WaitingCall[]? Next()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0 || _underWay >= MostUnderWay)
            {
                _isQueued = false;
                return null;
            }

            _underWay++;
            var calls = new WaitingCall[Math.Min(_waiting.Count, MostCalls)];
            for (int i = 0; i < calls.Length; i++)
            {
                calls[i] = _waiting.Dequeue();
            }

            return calls;
        }
    }

    private async Task SendAsync(WaitingCall[] calls)
    {
        Payload[] answers;
        try
        {
            answers = await silo.DecideAsync(Array.ConvertAll(calls, waiting => waiting.Call));
            if (answers.Length != calls.Length)
            {
                throw new InvalidOperationException($"A silo gave {answers.Length} answers to {calls.Length} decisions.");
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Callers tell by the exception what to make of it.
            End();
            Array.ForEach(calls, waiting => waiting.SetException(e));
            return;
        }

        End();
        for (int i = 0; i < calls.Length; i++)
        {
            calls[i].SetResult(answers[i]);
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _underWay--;
            if (_isQueued || _waiting.Count == 0)
            {
                return;
            }

            _isQueued = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // Whoever waits goes on where the answers came in, one after the other: to hand each to another thread costs more than what they do.
    private sealed class WaitingCall(ClientCall call) : TaskCompletionSource<Payload>
    {
        public ClientCall Call { get; } = call;
    }
}
