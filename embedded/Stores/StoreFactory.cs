using Footprint.Grid.Embedded.Stores.Memory;
using Footprint.Grid.Embedded.Stores.Redis;
using Footprint.Grid.Embedded.Stores.Sqlite;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Stores;

/// <summary>Makes the store that the options ask for.</summary>
internal static class StoreFactory
{
    public static IGridStore Create(EmbeddedOptions options, TimeProvider time, ILoggerFactory loggers) => options.Store switch
    {
        StoreKind.Sqlite => new SqliteStore(options.DataDirectory, time),
        StoreKind.Redis => new RedisStore(options.Redis, time),
        StoreKind.Memory => new MemoryStore(new MemoryDisk()),
        _ => throw new ArgumentException($"There is no store {options.Store}.", nameof(options)),
    };
}
