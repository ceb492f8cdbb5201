using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Grains.Tenants;

/// <summary>Learns nothing, before anybody said who does.</summary>
internal sealed class NoLearning : ILearning
{
    public static NoLearning Instance { get; } = new();

    public void Observe(string tenant, in ItemObservation observation)
    {
    }
}
