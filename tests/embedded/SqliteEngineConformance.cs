using Footprint.Grid.Conformance;
using Footprint.Grid.Embedded.Stores.Sqlite;

namespace Footprint.Grid.Embedded.Tests;

/// <summary>The engine on the SQLite store.</summary>
public sealed class SqliteEngineConformance : EngineConformance
{
    protected override async Task<IEngineHarness> StartAsync()
    {
        var directory = new TempDirectory();
        return await EmbeddedHarness.StartAsync(() => new SqliteStore(directory.Path, TimeProvider.System), cleanUp: directory.Delete);
    }
}
