using System.Threading.Channels;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
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

    private readonly Channel<DefinitionsEdit> _waiting = Channel.CreateBounded<DefinitionsEdit>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private bool _stale;

    /// <summary>False when too many wait already.</summary>
    public bool TryAdd(DefinitionsEdit edit) => _waiting.Writer.TryWrite(edit);

    public async Task RunAsync(CancellationToken stop)
    {
        var edits = new List<DefinitionsEdit>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stop))
            {
                int rows = 0;
                while (rows < MaxRowsAtOnce && _waiting.Reader.TryRead(out DefinitionsEdit? edit))
                {
                    edits.Add(edit);
                    rows += edit.Rows.Count;
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

    private IEnumerable<DefinitionsEdit> Drain()
    {
        while (_waiting.Reader.TryRead(out DefinitionsEdit? edit))
        {
            yield return edit;
        }
    }

    private async Task WriteAsync(List<DefinitionsEdit> edits, CancellationToken stop)
    {
        try
        {
            if (_stale)
            {
                tenant.Definitions = await loader.LoadAsync(tenant, stop);
                _stale = false;
            }

            TenantDefinitions before = tenant.Definitions;
            TenantDefinitions after = Build(edits, before, out var versions);
            if (versions.Count == 0)
            {
                return;
            }

            var rows = new List<DefinitionRow>();
            foreach ((DefinitionsEdit edit, _) in versions)
            {
                rows.AddRange(edit.Rows);
            }

            await store.WriteDefinitionsAsync(new DefinitionsChange(tenant.Name, before.Version, after.Version, rows), stop);
            tenant.Definitions = after;
            foreach ((DefinitionsEdit edit, ulong version) in versions)
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

    private TenantDefinitions Build(
        List<DefinitionsEdit> edits, TenantDefinitions current, out List<(DefinitionsEdit Edit, ulong Version)> versions)
    {
        versions = [];
        var items = new Dictionary<string, Item>(StringComparer.Ordinal);
        DateTimeOffset now = time.GetUtcNow();
        foreach (DefinitionsEdit edit in edits)
        {
            if (edit.Deadline <= now)
            {
                edit.Done.TrySetException(new GridException(Code.Unavailable, "The change was not begun by its deadline; nothing was changed."));
                continue;
            }

            try
            {
                if (edit.Apply is null)
                {
                    foreach (Item item in edit.Items)
                    {
                        items[item.ItemId] = item;
                    }
                }
                else
                {
                    current = edit.Apply(WithItems(current, items));
                }

                current = current with { Version = current.Version + 1 };
                versions.Add((edit, current.Version));
            }
            catch (GridException e)
            {
                current = WithItems(current, items);
                edit.Done.TrySetException(e);
            }
        }

        return WithItems(current, items);
    }

    private static TenantDefinitions WithItems(TenantDefinitions definitions, Dictionary<string, Item> items)
    {
        if (items.Count == 0)
        {
            return definitions;
        }

        definitions = definitions with { Items = definitions.Items.With([.. items.Values]) };
        items.Clear();
        return definitions;
    }

    private static void Fail(List<DefinitionsEdit> edits, string why)
    {
        foreach (DefinitionsEdit edit in edits)
        {
            edit.Done.TrySetException(new GridException(Code.Unavailable, why));
        }
    }
}
