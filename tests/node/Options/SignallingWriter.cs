namespace Footprint.Grid.Node.Tests.Options;

/// <summary>Keeps what is written and tells when a certain text was.</summary>
internal sealed class SignallingWriter(string awaited) : StringWriter
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => _seen.Task;

    public override async Task WriteAsync(string? value)
    {
        await base.WriteAsync(value);
        if (value?.Contains(awaited, StringComparison.Ordinal) == true)
        {
            _seen.TrySetResult();
        }
    }
}
