using Footprint.Grid.Core.Learning;

namespace Footprint.Grid.Core.Clients;

/// <summary>Takes what an applied event teaches about items; never blocks for long and never fails a turn.</summary>
public interface ILearning
{
    void Observe(string tenant, in ItemObservation observation);
}
