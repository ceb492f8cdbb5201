using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Definitions;

/// <summary>
/// Several callers' changes put together: each makes a version of its own, or is refused on its own; items of many
/// callers cost one new snapshot. Nobody else may make a snapshot of the same line meanwhile.
/// </summary>
public sealed class DefinitionsBatch(TenantDefinitions before)
{
    private readonly Dictionary<string, Item> _items = new(StringComparer.Ordinal);
    private readonly List<DefinitionRow> _rows = [];
    private TenantDefinitions _current = before;

    public ulong FromVersion { get; } = before.Version;

    public ulong ToVersion => _current.Version;

    /// <summary>What all the changes write, in order.</summary>
    public IReadOnlyList<DefinitionRow> Rows => _rows;

    /// <summary>Gives the version that the change makes.</summary>
    /// <exception cref="GridException">The change is refused; the others stand.</exception>
    public ulong Add(DefinitionsEdit edit)
    {
        if (edit.Apply is null)
        {
            foreach (Item item in edit.Items)
            {
                _items[item.ItemId] = item;
            }
        }
        else
        {
            PutItems();
            _current = edit.Apply(_current);
        }

        _rows.AddRange(edit.Rows);
        _current = _current with { Version = _current.Version + 1 };
        return _current.Version;
    }

    /// <exception cref="GridException">The items are too many; nothing of the batch may be kept then.</exception>
    public TenantDefinitions Build()
    {
        PutItems();
        return _current;
    }

    private void PutItems()
    {
        if (_items.Count > 0)
        {
            _current = _current with { Items = _current.Items.With([.. _items.Values]) };
            _items.Clear();
        }
    }
}
