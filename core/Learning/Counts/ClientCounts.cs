using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Learning.Counts;

/// <summary>All counts that reports are made of: each the sum of what clients' profiles say of themselves. Safe from any thread.</summary>
internal sealed class ClientCounts
{
    public ProbeCounts Probes { get; } = new();

    public SegmentCounts Segments { get; } = new();

    public void Add(KnowledgeDelta delta) => Add(delta.Probes, delta.Segments);

    /// <summary>Takes all rows out, into a delta that is asked for when there are any.</summary>
    public void Take(Func<KnowledgeDelta> delta)
    {
        (IReadOnlyList<StoredProbeCount> probes, IReadOnlyList<StoredSegmentCount> segments) = (Probes.Take(), Segments.Take());
        if (probes.Count + segments.Count > 0)
        {
            KnowledgeDelta into = delta();
            into.Probes.AddRange(probes);
            into.Segments.AddRange(segments);
        }
    }

    public void Save(StoredKnowledge to)
    {
        to.Probes.AddRange(Probes.Save());
        to.Segments.AddRange(Segments.Save());
    }

    public void Load(StoredKnowledge from) => Add(from.Probes, from.Segments);

    /// <summary>The rows of one shard.</summary>
    public void Save(int shard, StoredKnowledgeShard to)
    {
        to.Probes.AddRange(Probes.Save(shard));
        to.Segments.AddRange(Segments.Save(shard));
    }

    /// <summary>The rows of one shard as they were saved, in place of what is here.</summary>
    public void Replace(int shard, StoredKnowledgeShard? from)
    {
        Probes.Replace(shard, from?.Probes ?? []);
        Segments.Replace(shard, from?.Segments ?? []);
    }

    private void Add(IEnumerable<StoredProbeCount> probes, IEnumerable<StoredSegmentCount> segments)
    {
        foreach (StoredProbeCount row in probes)
        {
            Probes.Add(row);
        }

        foreach (StoredSegmentCount row in segments)
        {
            Segments.Add(row);
        }
    }
}
