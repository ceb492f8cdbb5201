namespace Footprint.Grid.Cluster.Tests.Processes;

/// <summary>One silo or gateway, which can die and come back where it was.</summary>
internal sealed class GridMember(MemberSettings settings, Func<HostProcess> launch) : IAsyncDisposable
{
    private readonly List<string> _ended = [];
    private HostProcess? _process;

    public MemberSettings Settings { get; } = settings;

    public string Name => Settings.Name;

    public bool IsRunning => _process is { HasExited: false };

    public HostProcess Process => _process ?? throw new InvalidOperationException($"{Name} was not started");

    /// <summary>All that it wrote in all its lives.</summary>
    public string Output => string.Join("\n--- started again\n", [.. _ended, .. _process is null ? [] : new[] { _process.Output }]);

    /// <summary>Starts it without waiting for anything.</summary>
    public void Launch()
    {
        Assert.False(IsRunning, $"{Name} runs already");
        Forget();
        _process = launch();
    }

    public async Task StartAsync()
    {
        Launch();
        await Process.ReadyAsync();
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>SIGTERM; gives the exit code.</summary>
    public Task<int> TerminateAsync() => Process.TerminateAsync();

    /// <summary>The status of /health/live, ready or startup; 0 when nobody answers.</summary>
    public Task<int> ProbeAsync(string endpoint) => Process.ProbeAsync(endpoint);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private void Forget()
    {
        if (_process is not null)
        {
            _ended.Add(_process.Output);
            _process.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
