using Footprint.Grid.Conformance;
using Footprint.Grid.Embedded.Stores.Memory;

namespace Footprint.Grid.Embedded.Tests;

/// <summary>The engine on the memory store.</summary>
public sealed class MemoryEngineConformance : EngineConformance
{
    protected override async Task<IEngineHarness> StartAsync()
    {
        var disk = new MemoryDisk();
        return await EmbeddedHarness.StartAsync(() => new MemoryStore(disk));
    }
}
