using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Grains.Tenants;

/// <summary>Learns nothing, before anybody said who does.</summary>
internal sealed class NoLearning : ILearning
{
    public static NoLearning Instance { get; } = new();

    public void Observe(string tenant, in ItemObservation observation)
    {
    }

    public void Observe(string tenant, ReadOnlySpan<PickObservation> picks)
    {
    }

    public void Observe(string tenant, StoredProbeCount difference)
    {
    }

    public void Observe(string tenant, StoredSegmentCount difference)
    {
    }
}
