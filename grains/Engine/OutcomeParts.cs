using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Grains.Engine;

/// <summary>Of a batch of outcomes.</summary>
internal readonly struct OutcomeParts(ReportOutcomesRequest request) : IBatchParts
{
    public ClientOperation Operation => ClientOperation.ReportOutcomes;

    public ReadOnlyMemory<byte> Of(List<int> acts)
    {
        var part = new ReportOutcomesRequest { Ack = request.Ack };
        foreach (int i in acts)
        {
            part.Outcomes.Add(request.Outcomes[i]);
        }

        return part.ToByteArray();
    }

    public RepeatedField<RecordResult> Results(ReadOnlyMemory<byte> answer) => ReportOutcomesResponse.Parser.ParseFrom(answer.Span).Results;
}
