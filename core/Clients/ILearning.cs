using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Takes what an applied event teaches about items; never blocks for long and never fails a turn.</summary>
public interface ILearning
{
    void Observe(string tenant, in ItemObservation observation);

    /// <summary>Picks of one decision as they are shown, or one of them and what came of it.</summary>
    void Observe(string tenant, ReadOnlySpan<PickObservation> picks);

    /// <summary>Likewise what a client counts in reports more, or less, than before; the row becomes the receiver's.</summary>
    void Observe(string tenant, StoredProbeCount difference);

    /// <inheritdoc cref="Observe(string, StoredProbeCount)"/>
    void Observe(string tenant, StoredSegmentCount difference);
}
