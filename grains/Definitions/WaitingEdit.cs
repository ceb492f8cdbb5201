using Footprint.Grid.Core.Definitions;

namespace Footprint.Grid.Grains.Definitions;

/// <summary>One caller's change on its way to be durable.</summary>
/// <param name="Edit">What it changes.</param>
/// <param name="Deadline">Nobody waits for it after that, so it is not begun any more.</param>
internal sealed record WaitingEdit(DefinitionsEdit Edit, DateTimeOffset Deadline)
{
    /// <summary>The version it made.</summary>
    public TaskCompletionSource<ulong> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
