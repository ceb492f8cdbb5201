namespace Footprint.Grid.Node.Tests.Processes;

/// <summary>One node that the tests of real clients share; each test uses client ids of its own.</summary>
public sealed class RunningNode : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private NodeProcess? _process;

    internal NodeProcess Process => _process ?? throw new InvalidOperationException("the node was not started");

    internal NodeSettings Settings => Process.Settings;

    public async Task InitializeAsync() => _process = await NodeProcess.StartAsync(new NodeSettings { Data = _folder.Path });

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();
}
