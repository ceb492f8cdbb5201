using Footprint.Grid.Grains.Storage;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>What a <see cref="FaultyRedis"/> is to do wrong; lives on when silos start anew.</summary>
internal sealed class StoreFaults
{
    public volatile bool IsDown;

    public volatile bool IsUnsure;

    private volatile TaskCompletionSource? _gate;

    /// <summary>Calls wait from now on, until <see cref="Resume"/>.</summary>
    public void Hang() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        _gate?.TrySetResult();
        _gate = null;
    }

    public async Task BeforeAsync()
    {
        if (_gate is { } gate)
        {
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
