using Footprint.Grid.Conformance;
using Footprint.Grid.Grains.Clients;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Tests.Support;

/// <summary>One silo over a Redis of its own, for tests of what one client does to Redis and Redis to it.</summary>
public abstract class CellWorld : IAsyncLifetime
{
    private RedisServer? _server;
    private GridCluster? _cluster;
    private ConnectionMultiplexer? _peer;

    private protected StoreFaults Faults { get; } = new();

    private protected RedisServer Server => _server!;

    private protected ClientServices Services => _cluster!.SiloServices.First().GetRequiredService<ClientServices>();

    private protected IServiceProvider Client => _cluster!.Client;

    /// <summary>Somebody else who talks to the same Redis.</summary>
    private protected IDatabase Redis => _peer!.GetDatabase();

    public async Task InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        FootprintGrainsOptions options = GridCluster.Options(_server);
        options.MaxRequestsPerClient = 16;
        options.StoreTimeout = TimeSpan.FromSeconds(1);
        _peer = await ConnectionMultiplexer.ConnectAsync(_server.Endpoint);
        await PrepareAsync();
        _cluster = await GridCluster.StartAsync(options, Faults, silos: 1);
    }

    public async Task DisposeAsync()
    {
        Faults.IsDown = false;
        Faults.IsUnsure = false;
        Faults.Resume();
        await _cluster!.DisposeAsync().AsTask().Within("the silo stops");
        await _peer!.DisposeAsync();
        _server!.Dispose();
    }

    /// <summary>What is in Redis before the silo starts.</summary>
    private protected virtual Task PrepareAsync() => Task.CompletedTask;

    private protected TestCell Cell(string client = "c1") => new(Services, client);

    private protected void ForgetScripts() => _peer!.GetServer(_peer.GetEndPoints()[0]).ScriptFlush();
}
