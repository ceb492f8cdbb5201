using System.Threading.Channels;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
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
            edits.Fail("The node is shutting down.");
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
            List<(WaitingEdit Edit, ulong Version)> taken = batch.Take(edits, time.GetUtcNow());
            if (taken.Count == 0)
            {
                return;
            }

            TenantDefinitions after = batch.Build();
            await store.WriteDefinitionsAsync(new DefinitionsChange(tenant.Name, batch.FromVersion, batch.ToVersion, batch.Rows), stop);
            tenant.Definitions = after;
            taken.Complete();
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whether the store made the change is not known: look there before the next one.
            _stale = true;
            LogFailed(logger, e, tenant.Name);
            metrics.StoreFailed("definitions");
            edits.Fail("The store does not take definitions now.");
        }
    }
}
