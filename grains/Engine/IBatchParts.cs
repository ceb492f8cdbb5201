using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Grains.Engine;

/// <summary>The parts of a batch as requests of their own.</summary>
internal interface IBatchParts
{
    ClientOperation Operation { get; }

    /// <summary>A request with these acts only.</summary>
    ReadOnlyMemory<byte> Of(List<int> acts);

    /// <summary>What the answer to such a request says.</summary>
    RepeatedField<RecordResult> Results(ReadOnlyMemory<byte> answer);
}
