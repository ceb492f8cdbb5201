using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Events;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>Footprint events.</summary>
internal readonly struct EventBatch(RecordRequest request) : IBatch
{
    public int Count => request.Events.Count;

    public RecordRequest.Types.Ack Ack => request.Ack;

    public string ClientId(int index) => request.Events[index].ClientId;

    public bool Prepare(int index, long nowMs, RecordResult result) =>
        EventIntake.Prepare(request.Events[index], index, nowMs, ActId.Next, result);

    public void Take(ClientActor actor, in Turn turn, int index, RecordResult result) =>
        actor.Record(turn, request.Events[index], result);
}
