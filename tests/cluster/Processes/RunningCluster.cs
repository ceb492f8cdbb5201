namespace Footprint.Grid.Cluster.Tests.Processes;

/// <summary>One cluster that tests share which change nothing about its processes; each uses client ids of its own.</summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private ClusterProcesses? _cluster;

    internal ClusterProcesses Cluster => _cluster ?? throw new InvalidOperationException("the cluster was not started");

    public async Task InitializeAsync()
    {
        // Without Redis every test of the group is skipped by itself.
        if (Tool.Find(RedisProcess.Program) is not null)
        {
            _cluster = await ClusterProcesses.StartAsync(new ClusterShape { Silos = 2, Gateways = 1, Environment = TestKeys.Environment });
        }
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}
