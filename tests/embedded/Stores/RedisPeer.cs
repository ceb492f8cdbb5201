using Footprint.Grid.Conformance;
using StackExchange.Redis;

namespace Footprint.Grid.Embedded.Tests.Stores;

/// <summary>Somebody else who talks to the same Redis.</summary>
internal sealed class RedisPeer(ConnectionMultiplexer connection) : IAsyncDisposable
{
    public IDatabase Redis => connection.GetDatabase();

    public IServer Server => connection.GetServer(connection.GetEndPoints()[0]);

    public static async Task<RedisPeer> ConnectAsync(RedisServer server) => new(await ConnectionMultiplexer.ConnectAsync(server.Endpoint));

    public async ValueTask DisposeAsync()
    {
        await connection.CloseAsync(allowCommandsToComplete: false);
        connection.Dispose();
    }
}
