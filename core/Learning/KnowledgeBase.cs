using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Clients;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// One tenant's shared knowledge in the making: takes observations from any thread, gives immutable snapshots.
/// Bounded in items and in neighbours per item.
/// </summary>
public sealed class KnowledgeBase
{
    /// <summary>Cheap; safe from any thread.</summary>
    public void Observe(in ItemObservation observation) => throw new NotSupportedException();

    /// <summary>Merges what was observed since and gives the knowledge as of <paramref name="nowMs"/>; the same object when nothing changed. One caller at a time.</summary>
    public KnowledgeSnapshot Publish(CatalogSnapshot catalog, long nowMs) => throw new NotSupportedException();

    /// <summary>Bytes for a store, to go on from after a restart. One caller at a time, never together with <see cref="Publish"/>.</summary>
    public byte[] Save() => throw new NotSupportedException();

    public static KnowledgeBase Load(ReadOnlySpan<byte> saved) => throw new NotSupportedException();
}
