using Footprint.Grid.Conformance;
using Footprint.Grid.Embedded.Stores.Redis;

namespace Footprint.Grid.Embedded.Tests;

/// <summary>The engine on the Redis store, against a real server.</summary>
[RequiresTool("redis-server")]
public sealed class RedisEngineConformance : EngineConformance
{
    protected override async Task<IEngineHarness> StartAsync()
    {
        RedisServer server = await RedisServer.StartAsync();
        return await EmbeddedHarness.StartAsync(() => new RedisStore(server.Endpoint, TimeProvider.System), cleanUp: server.Dispose);
    }
}
