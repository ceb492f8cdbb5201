using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Metrics;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Clients;

/// <summary>What all clients of a silo share.</summary>
internal sealed record ClientServices(
    FootprintGrainsOptions Options,
    TenantSnapshots Tenants,
    IGridRedis Redis,
    ProfileStore Store,
    AppendPump Pump,
    SeedSource Seeds,
    TimeProvider Time,
    GrainMetrics Metrics,
    ILogger<ClientCell> Logger)
{
    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
