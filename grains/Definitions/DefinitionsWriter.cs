using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>
/// Writes one tenant's definitions. Takes all edits that wait: 1. each makes the next version of the snapshot, or is
/// refused on its own; 2. their rows go to Redis in one script call that checks the version; 3. the snapshot is published
/// on this silo and the rows to all others; 4. the callers hear of it. Runs on the grain's turns.
/// </summary>
internal sealed partial class DefinitionsWriter(
    DefinitionsReplica replica, DefinitionsStore store, TimeProvider time, TenantMetrics metrics, ILogger<DefinitionsGrain> logger)
{
    private const int MaxWaiting = 1024;
    private const int MaxRowsAtOnce = 10_000;
    private const int MaxReads = 5;

    private readonly Queue<WaitingEdit> _waiting = new();
    private readonly ChangeRing _ring = new();
    private Task? _reading;
    private TaskCompletionSource _changed = New();
    private TenantDefinitions? _current;
    private long _epoch;
    private bool _isStale = true;
    private bool _isWriting;

    /// <summary>Completes when the version is another than now.</summary>
    public Task Changed => _changed.Task;

    /// <summary>The definitions as stored, unless the store cannot say: as last known then.</summary>
    /// <exception cref="GridException"><c>UNAVAILABLE</c>: they have not been read yet, and the store cannot be read.</exception>
    public async ValueTask<TenantDefinitions> CurrentAsync()
    {
        if (_current is null || store.Epoch != _epoch)
        {
            try
            {
                await ReadAsync();
            }
            catch (Exception e) when (e is StoreException or NotOwnerException && _current is not null)
            {
                // What is here may be out of date, which the next write finds out; to read it is better than nothing.
            }
            catch (Exception e) when (e is StoreException or NotOwnerException)
            {
                throw new GridException(Code.Unavailable, "The definitions cannot be read from the store now.");
            }
        }

        return _current!;
    }

    /// <summary>Changes that lead from a version to the current one; false when they are no more known.</summary>
    public bool TryRead(ulong from, int mostBytes, ICollection<DefinitionsChanged> into) => _ring.TryRead(from, mostBytes, into);

    /// <summary>Takes an edit; false when too many wait already.</summary>
    public bool TryAdd(WaitingEdit edit)
    {
        if (_waiting.Count == MaxWaiting)
        {
            return false;
        }

        _waiting.Enqueue(edit);
        if (!_isWriting)
        {
            _isWriting = true;
            _ = WriteAllAsync();
        }

        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WriteAllAsync()
    {
        // Let callers of the same moment join.
        await Task.Yield();
        var edits = new List<WaitingEdit>();
        while (_waiting.Count > 0)
        {
            int rows = 0;
            while (rows < MaxRowsAtOnce && _waiting.TryDequeue(out WaitingEdit? edit))
            {
                edits.Add(edit);
                rows += edit.Edit.Rows.Count;
            }

            try
            {
                await WriteAsync(edits);
            }
            catch (NotOwnerException)
            {
                _isStale = true;
                edits.Fail("Another process owns the store now; nothing was changed.");
            }
            catch (Exception e)
            {
                // Whether the store made the change is not known: look there before the next one.
                _isStale = true;
                LogFailed(logger, e, replica.Tenant);
                edits.Fail("The store does not take definitions now.");
            }

            edits.Clear();
        }

        _isWriting = false;
    }

    private async Task WriteAsync(List<WaitingEdit> edits)
    {
        if (_isStale || store.Epoch != _epoch)
        {
            await ReadAsync();
        }

        List<(WaitingEdit Edit, ulong Version)> taken;
        DefinitionsBatch batch;
        TenantDefinitions after;
        lock (replica.Line)
        {
            batch = new DefinitionsBatch(_current!);
            taken = batch.Take(edits, time.GetUtcNow());
            after = batch.Build();
        }

        if (taken.Count == 0)
        {
            return;
        }

        if (!await store.TryWriteAsync(replica.Tenant, batch.FromVersion, batch.ToVersion, batch.Rows, CancellationToken.None))
        {
            _isStale = true;
            edits.Fail("Somebody else changed the definitions at the same time; nothing was changed.");
            return;
        }

        var change = new DefinitionsChanged { From = batch.FromVersion, To = batch.ToVersion };
        foreach (DefinitionRow row in batch.Rows)
        {
            change.Rows.Add(new DefinitionsRow { Name = row.Name, Data = row.Data is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(row.Data) });
        }

        _ring.Add(change);
        Set(after);
        taken.Complete();
    }

    private async Task ReadAsync()
    {
        await (_reading ??= ReadOnceAsync());

        async Task ReadOnceAsync()
        {
            try
            {
                // Ends before the caller has stored the task when nothing has to be waited for.
                await Task.Yield();
                await ReadAllAsync();
            }
            finally
            {
                _reading = null;
            }
        }
    }

    private async Task ReadAllAsync()
    {
        for (int reads = 0; reads < MaxReads; reads++)
        {
            long epoch = store.Epoch;
            (TenantDefinitions read, ulong through) = await replica.ReadAsync(KeepAsync, CancellationToken.None);
            if (read.Version == through)
            {
                (_isStale, _epoch) = (false, epoch);
                if (_current?.Version != read.Version)
                {
                    _ring.Clear();
                    Set(read);
                }

                return;
            }
        }

        throw new StoreException("Somebody else changes the definitions all the time.");
    }

    private async Task KeepAsync(DefinitionRow row, string reason)
    {
        LogDamaged(logger, replica.Tenant, row.Kind, reason);
        metrics.Quarantined();
        await store.QuarantineAsync(replica.Tenant, row, reason, CancellationToken.None);
    }

    private void Set(TenantDefinitions definitions)
    {
        _current = definitions;
        replica.Publish(definitions);
        TaskCompletionSource changed = _changed;
        _changed = New();
        changed.TrySetResult();
    }
}
