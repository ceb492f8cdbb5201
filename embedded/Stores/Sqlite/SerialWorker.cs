using System.Collections.Concurrent;

namespace Footprint.Grid.Embedded.Stores.Sqlite;

/// <summary>
/// A thread that does one thing after another. SQLite blocks while it syncs; a thread of its own keeps that off the
/// pool, which on a small machine has hardly more threads than cores.
/// </summary>
internal sealed class SerialWorker : IDisposable
{
    private const int MaxWaiting = 4096;

    private readonly BlockingCollection<Action> _work = new(MaxWaiting);
    private readonly Thread _thread;

    public SerialWorker(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    public Task RunAsync(Action work, CancellationToken cancel) => RunAsync(
        () =>
        {
            work();
            return true;
        },
        cancel);

    /// <exception cref="StoreException">Too much waits already, or the worker has ended.</exception>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Action item = () =>
        {
            try
            {
                cancel.ThrowIfCancellationRequested();
                done.SetResult(work());
            }
            catch (OperationCanceledException)
            {
                done.SetCanceled(cancel);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        };
        if (_work.IsAddingCompleted || !_work.TryAdd(item))
        {
            throw new StoreException("Too much waits for the store already, or it was closed.");
        }

        return done.Task;
    }

    /// <summary>Does what waits, then ends.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        foreach (Action item in _work.GetConsumingEnumerable())
        {
            item();
        }
    }
}
