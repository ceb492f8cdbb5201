using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;

namespace Footprint.Grid.Grains.Health;

/// <summary>Whether this silo can take work now.</summary>
internal sealed class SiloHealth(TenantSnapshots tenants, IGridRedis redis, AppendPump pump) : IEngineHealth
{
    public string? NotReady => tenants.NotLoaded ?? redis.Problem ?? pump.Problem;
}
