using Footprint.Grid.Core.Consent;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>Where a fact comes from: its provenance but for the time.</summary>
/// <param name="Categories">Data categories of the act.</param>
/// <param name="Source">The event type, or the system that brought the event.</param>
/// <param name="IsImported">Whether it comes from another system's records.</param>
internal readonly record struct ActOrigin(DataCategories Categories, string Source, FootprintEvent.Types.Channel Channel, bool IsImported)
{
    /// <summary>Of an order where nothing else may be kept.</summary>
    public static readonly ActOrigin Nowhere = new(DataCategories.None, "", default, IsImported: false);
}
