using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Stores.Memory;

namespace Footprint.Grid.Embedded.Tests.Stores;

public sealed class MemoryStoreTests : StoreConformance
{
    private readonly MemoryDisk _disk = new();

    private protected override Task<IGridStore> CreateAsync() => Task.FromResult<IGridStore>(new MemoryStore(_disk));
}
