using Footprint.Grid.Conformance;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Health;
using Footprint.Grid.Grains.Retention;
using Microsoft.Extensions.DependencyInjection;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>Two silos and a client to them, over a Redis that can be made to fail.</summary>
internal sealed class GrainsHarness : IEngineHarness, IEngineHealth
{
    private readonly RedisServer _server;
    private readonly StoreFaults _faults = new();
    private GridCluster? _cluster;

    private GrainsHarness(RedisServer server) => _server = server;

    public IClientEngine Clients => _cluster!.Client.GetRequiredService<IClientEngine>();

    public IDefinitionsEngine Definitions => _cluster!.Client.GetRequiredService<IDefinitionsEngine>();

    public IReportsEngine Reports => _cluster!.Client.GetRequiredService<IReportsEngine>();

    public IEngineHealth Health => this;

    /// <summary>The first silo's that is not ready.</summary>
    public string? NotReady => _cluster!.SiloServices.Select(s => s.GetRequiredService<SiloHealth>().NotReady).FirstOrDefault(p => p is not null);

    public ShiftedTime Time { get; } = new();

    public static async Task<GrainsHarness> StartAsync()
    {
        var harness = new GrainsHarness(await RedisServer.StartAsync());
        await harness.RunAsync();
        return harness;
    }

    public async Task RestartAsync()
    {
        await _cluster!.StopAsync();
        await _cluster.DisposeAsync();
        await RunAsync();
    }

    public async Task KillAsync()
    {
        await _cluster!.KillAsync();
        await _cluster.DisposeAsync();
        await RunAsync();
    }

    public Task<int> SweepAsync(string tenant) => _cluster!.Client.GetRequiredService<IGrainFactory>().GetGrain<IRetentionGrain>(RetentionGrain.All).SweepAsync();

    public void SetStoreDown(bool isDown) => _faults.IsDown = isDown;

    public void SetStoreUnsure(bool isUnsure) => _faults.IsUnsure = isUnsure;

    public async ValueTask DisposeAsync()
    {
        _faults.IsDown = false;
        _faults.IsUnsure = false;
        _faults.Resume();

        // Nothing is left to save: an orderly end took longer than most tests.
        await _cluster!.KillAsync();
        await _cluster.DisposeAsync();
        _server.Dispose();
    }

    private async Task RunAsync() => _cluster = await GridCluster.StartAsync(GridCluster.Options(_server), _faults, time: Time);
}
