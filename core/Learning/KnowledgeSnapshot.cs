using System.Collections.Frozen;
using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;

namespace Footprint.Grid.Core.Learning;

/// <summary>What a tenant's clients taught, as of one moment; immutable. Items go by their slots in the catalog.</summary>
public sealed class KnowledgeSnapshot
{
    private readonly float _scale;
    private readonly float _mostPopularity;

    internal KnowledgeSnapshot(
        ChunkedArray<float> popularity, float mostPopularity, ChunkedArray<Neighbours> neighbours, int[] popular, ChunkedArray<LeadingSlots> popularByTopic)
    {
        PopularityBySlot = popularity;
        _mostPopularity = mostPopularity;
        _scale = mostPopularity > 0 ? 1 / mostPopularity : 0;
        NeighboursBySlot = neighbours;
        Popular = popular;
        PopularByTopic = popularByTopic;
    }

    public static KnowledgeSnapshot Empty { get; } = new(new(), 0, new(), [], new());

    /// <summary>What clients answered to probes.</summary>
    public ProbeKnowledge Probes { get; private init; } = ProbeKnowledge.Empty;

    /// <summary>How many clients are in each segment.</summary>
    public SegmentSizes Segments { get; private init; } = SegmentSizes.Empty;

    internal ChunkedArray<float> PopularityBySlot { get; }

    internal ChunkedArray<Neighbours> NeighboursBySlot { get; }

    /// <summary>Slots, the most popular first.</summary>
    internal int[] Popular { get; }

    /// <summary>Slots of each topic, the most popular first.</summary>
    internal ChunkedArray<LeadingSlots> PopularByTopic { get; }

    /// <summary>What outcomes taught, by placement.</summary>
    internal FrozenDictionary<string, PlacementKnowledge> Placements { get; private init; } = FrozenDictionary<string, PlacementKnowledge>.Empty;

    /// <summary>What outcomes taught about campaigns.</summary>
    internal AdRates Ads { get; private init; } = AdRates.Empty;

    internal KnowledgeSnapshot With(FrozenDictionary<string, PlacementKnowledge> placements, ProbeKnowledge probes, SegmentSizes segments, AdRates ads) =>
        new(PopularityBySlot, _mostPopularity, NeighboursBySlot, Popular, PopularByTopic) { Placements = placements, Probes = probes, Segments = segments, Ads = ads };

    /// <summary>0 to 1: log(1 + decayed count) as a part of the greatest.</summary>
    public float PopularityOf(CatalogItem item) => Popularity(item.Slot);

    /// <inheritdoc cref="PopularityOf"/>
    internal float Popularity(int slot) => Math.Min(1, PopularityBySlot[slot] * _scale);
}
