using Footprint.Grid.Embedded.Stores;

namespace Footprint.Grid.Embedded.Tests;

/// <summary>What a <see cref="FaultyStore"/> is to do wrong; lives on when the store is opened anew.</summary>
internal sealed class StoreFaults
{
    private volatile TaskCompletionSource? _gate;

    public volatile bool IsDown;

    public volatile bool IsUnsure;

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
