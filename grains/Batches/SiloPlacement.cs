using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Footprint.Grid.Grains.Batches;

/// <summary>Places a grain on the silo that its key is of; on any when that silo is away.</summary>
[Serializable]
[GenerateSerializer]
[Immutable]
[SuppressReferenceTracking]
[Alias("fg.silo-placement")]
internal sealed class SiloPlacement : PlacementStrategy;

/// <inheritdoc cref="SiloPlacement"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SiloPlacementAttribute() : PlacementAttribute(new SiloPlacement());

/// <inheritdoc cref="SiloPlacement"/>
internal sealed class SiloPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        long key = target.GrainIdentity.GetIntegerKey();
        return Task.FromResult(Array.Find(silos, silo => SiloKey.Of(silo) == key) ?? silos[Random.Shared.Next(silos.Length)]);
    }
}
