using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Grains.Engine;

/// <summary>Of a batch of events.</summary>
internal readonly struct EventParts(RecordRequest request) : IBatchParts
{
    public ClientOperation Operation => ClientOperation.Record;

    public ReadOnlyMemory<byte> Of(List<int> acts)
    {
        var part = new RecordRequest { Ack = request.Ack };
        foreach (int i in acts)
        {
            part.Events.Add(request.Events[i]);
        }

        return part.ToByteArray();
    }

    public RepeatedField<RecordResult> Results(ReadOnlyMemory<byte> answer) => RecordResponse.Parser.ParseFrom(answer.Span).Results;
}
