using Footprint.Grid.Conformance;
using Footprint.Grid.Grains.Tests.Support;

namespace Footprint.Grid.Grains.Tests;

/// <summary>The engine on two silos, against a real redis-server.</summary>
[RequiresTool("redis-server")]
public sealed class GrainsEngineConformance : EngineConformance
{
    protected override async Task<IEngineHarness> StartAsync() => await GrainsHarness.StartAsync();
}
