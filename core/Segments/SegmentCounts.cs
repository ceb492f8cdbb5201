using Footprint.Grid.Core.Learning.Counts;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Segments;

/// <summary>How many clients count in each segment's size.</summary>
internal sealed class SegmentCounts() : CountTable<string, long, StoredSegmentCount, SegmentSizes>(SegmentSizes.Empty)
{
    protected override string Key(StoredSegmentCount row) => row.SegmentId;

    protected override string Subject(string key) => key;

    protected override int Rank(string key) => 0;

    protected override long Load(StoredSegmentCount row) => row.Clients;

    protected override StoredSegmentCount Save(string key, long sums) => new() { SegmentId = key, Clients = sums };

    protected override SegmentSizes Publish(IReadOnlyDictionary<string, long> rows) => new(rows);
}
