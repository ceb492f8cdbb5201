namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>
/// One cluster that tests hurt one after the other: three silos, two gateways, and a Redis behind a proxy that can be slow.
/// Every test begins with all of it up.
/// </summary>
public sealed class FaultCluster : IAsyncLifetime, IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private RedisProcess? _redis;
    private ClusterProcesses? _processes;
    private SlowProxy? _proxy;
    private GridView? _view;

    internal ClusterProcesses Processes => _processes ?? throw new InvalidOperationException("the cluster was not started");

    internal SlowProxy Proxy => _proxy!;

    internal GridView View => _view!;

    internal IEnumerable<GridMember> Members => Processes.Silos.Concat(Processes.Gateways);

    public async Task InitializeAsync()
    {
        // Without Redis every test of the group is skipped by itself.
        if (Tool.Find(RedisProcess.Program) is null)
        {
            return;
        }

        _redis = await RedisProcess.StartAsync(_folder.Path);
        _proxy = new SlowProxy(_redis.Port);
        _processes = await ClusterProcesses.StartAsync(new ClusterShape { RedisAddress = _proxy.Address }, _redis);
        _view = await GridView.ConnectAsync(_redis.Address);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_view is not null)
        {
            await _view.DisposeAsync();
        }

        if (_processes is not null)
        {
            await _processes.DisposeAsync();
        }

        // It was started first: a cluster that did not start must not leave it behind.
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>Runs a test once all is up; what goes wrong in it is told together with what the processes last said.</summary>
    internal Task RunAsync(Func<Task> part) => Processes.RunAsync(async () =>
    {
        await MendAsync();
        await part();
    });

    /// <summary>Starts whatever does not run, and waits until all are ready and the silos know of each other.</summary>
    internal async Task MendAsync()
    {
        Proxy.Delay = TimeSpan.Zero;
        if (!Processes.Redis.IsRunning)
        {
            await Processes.Redis.StartAsync();
        }

        foreach (var member in Members.Where(member => !member.IsRunning))
        {
            member.Launch();
        }

        await Task.WhenAll(Members.Select(member => member.Process.ReadyAsync()));
        await Patience.Until(() => View.HasSilosAsync(Processes.Silos.Count), "all silos are members of the cluster");
    }

    /// <summary>Waits until a health endpoint of all members has a status.</summary>
    internal Task UntilAllAsync(string endpoint, int status, string what) => Patience.Until(
        async () => (await ProbeAsync(endpoint)).All(found => found == status), what);

    internal Task<int[]> ProbeAsync(string endpoint) => Task.WhenAll(Members.Select(member => member.ProbeAsync(endpoint)));
}
