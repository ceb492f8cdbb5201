using Footprint.Grid.Grains.Storage;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>What a <see cref="FaultyRedis"/> is to do wrong; lives on when silos start anew.</summary>
internal sealed class StoreFaults
{
    public volatile bool IsDown;

    public volatile bool IsUnsure;

    private volatile TaskCompletionSource? _gate;
    private TaskCompletionSource? _held;
    private int _waiting;

    /// <summary>Calls that wait, or did.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Calls wait from now on, until <see cref="Resume"/>.</summary>
    public void Hang() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Later calls go through; those that wait go on too, or only with <see cref="Release"/>.</summary>
    public void Resume(bool keepWaiting = false)
    {
        _held = _gate ?? _held;
        _gate = null;
        if (!keepWaiting)
        {
            Release();
        }
    }

    public void Release() => _held?.TrySetResult();

    public async Task BeforeAsync()
    {
        if (_gate is { } gate)
        {
            Interlocked.Increment(ref _waiting);
            await gate.Task;
        }

        if (IsDown)
        {
            throw new StoreException("The store is down.");
        }
    }

    public void After()
    {
        if (IsUnsure)
        {
            throw new StoreException("The store did not answer.");
        }
    }
}
