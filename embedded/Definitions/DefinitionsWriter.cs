using System.Threading.Channels;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Google.Rpc;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Definitions;

/// <summary>
/// One tenant's writer. Takes all edits that wait: 1. each makes the next version of the snapshot, or is refused on its
/// own; 2. their rows go to the store in one transaction; 3. the snapshot is published; 4. the callers hear of it.
/// </summary>
internal sealed partial class DefinitionsWriter(
    TenantState tenant,
    IGridStore store,
    DefinitionsLoader loader,
    TimeProvider time,
    EngineMetrics metrics,
    ILogger logger)
{
    private const int MaxWaiting = 1024;
    private const int MaxRowsAtOnce = 50_000;

    private readonly Channel<WaitingEdit> _waiting = Channel.CreateBounded<WaitingEdit>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private bool _stale;

    /// <summary>False when too many wait already.</summary>
    public bool TryAdd(WaitingEdit edit) => _waiting.Writer.TryWrite(edit);

    public async Task RunAsync(CancellationToken stop)
    {
        var edits = new List<WaitingEdit>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stop))
            {
                int rows = 0;
                while (rows < MaxRowsAtOnce && _waiting.Reader.TryRead(out WaitingEdit? edit))
                {
                    edits.Add(edit);
                    rows += edit.Edit.Rows.Count;
                }

                await WriteAsync(edits, stop);
                edits.Clear();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            _waiting.Writer.TryComplete();
            edits.AddRange(Drain());
            Fail(edits, "The node is shutting down.");
        }
    }

    private IEnumerable<WaitingEdit> Drain()
    {
        while (_waiting.Reader.TryRead(out WaitingEdit? edit))
        {
            yield return edit;
        }
    }

    private async Task WriteAsync(List<WaitingEdit> edits, CancellationToken stop)
    {
        try
        {
            if (_stale)
            {
                tenant.Definitions = await loader.LoadAsync(tenant, stop);
                _stale = false;
            }

            var batch = new DefinitionsBatch(tenant.Definitions);
            List<(WaitingEdit Edit, ulong Version)> taken = Take(edits, batch);
            if (taken.Count == 0)
            {
                return;
            }

            TenantDefinitions after = batch.Build();
            await store.WriteDefinitionsAsync(new DefinitionsChange(tenant.Name, batch.FromVersion, batch.ToVersion, batch.Rows), stop);
            tenant.Definitions = after;
            foreach ((WaitingEdit edit, ulong version) in taken)
            {
                edit.Done.TrySetResult(version);
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whether the store made the change is not known: look there before the next one.
            _stale = true;
            LogFailed(logger, e, tenant.Name);
            metrics.StoreFailed("definitions");
            Fail(edits, "The store does not take definitions now.");
        }
    }

    private List<(WaitingEdit Edit, ulong Version)> Take(List<WaitingEdit> edits, DefinitionsBatch batch)
    {
        var taken = new List<(WaitingEdit Edit, ulong Version)>(edits.Count);
        DateTimeOffset now = time.GetUtcNow();
        foreach (WaitingEdit edit in edits)
        {
            if (edit.Deadline <= now)
            {
                edit.Done.TrySetException(new GridException(Code.Unavailable, "The change was not begun by its deadline; nothing was changed."));
                continue;
            }

            try
            {
                taken.Add((edit, batch.Add(edit.Edit)));
            }
            catch (GridException e)
            {
                edit.Done.TrySetException(e);
            }
        }

        return taken;
    }

    private static void Fail(List<WaitingEdit> edits, string why)
    {
        foreach (WaitingEdit edit in edits)
        {
            edit.Done.TrySetException(new GridException(Code.Unavailable, why));
        }
    }
}
