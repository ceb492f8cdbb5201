using Footprint.Grid.Core.Learning.Counts;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>What clients were asked and answered, by topic and by level of evidence.</summary>
internal sealed class ProbeCounts() : CountTable<(string Topic, int Level), ProbeSums, StoredProbeCount, ProbeKnowledge>(ProbeKnowledge.Empty)
{
    protected override (string Topic, int Level) Key(StoredProbeCount row) => (row.Topic, (int)Math.Min(row.Level, EvidenceLevel.Count));

    protected override string Subject((string Topic, int Level) key) => key.Topic;

    protected override int Rank((string Topic, int Level) key) => key.Level;

    protected override ProbeSums Load(StoredProbeCount row) => ProbeSums.Load(row);

    protected override StoredProbeCount Save((string Topic, int Level) key, ProbeSums sums) => sums.Save(key.Topic, key.Level);

    protected override ProbeKnowledge Publish(IReadOnlyDictionary<(string Topic, int Level), ProbeSums> rows) => new(rows);
}
