using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Definitions;

/// <summary>One caller's change on its way to be durable and published.</summary>
/// <param name="Rows">What it writes.</param>
/// <param name="Apply">Makes the next snapshot of the one before; null for items alone, which are put together with other callers'.</param>
/// <param name="Items">The items of such a change.</param>
/// <param name="Deadline">Nobody waits for it after that, so it is not begun any more.</param>
internal sealed record DefinitionsEdit(
    IReadOnlyList<DefinitionRow> Rows,
    Func<TenantDefinitions, TenantDefinitions>? Apply,
    IReadOnlyList<Item> Items,
    DateTimeOffset Deadline)
{
    /// <summary>The version it made.</summary>
    public TaskCompletionSource<ulong> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
