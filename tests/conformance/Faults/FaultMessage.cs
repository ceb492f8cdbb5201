using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Conformance.Faults;

/// <summary>A message of a durable stream, sent again with the same events until it is acknowledged.</summary>
internal sealed class FaultMessage(ulong sequence, IReadOnlyList<HistoryEvent> events, Timestamp time)
{
    public ulong Sequence { get; } = sequence;

    public IReadOnlyList<HistoryEvent> Events { get; } = events;

    public StreamRequest ToRequest()
    {
        var request = new StreamRequest { Ack = RecordRequest.Types.Ack.Durable, Sequence = Sequence };
        foreach (var one in Events)
        {
            request.Events.Add(new FootprintEvent { EventId = one.Id, ClientId = one.Client, Type = one.Type, ItemId = one.Item, Time = time });
        }

        return request;
    }
}
