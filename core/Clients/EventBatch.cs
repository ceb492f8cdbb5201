using Footprint.Grid.Core.Events;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Footprint events.</summary>
/// <param name="request">Filled in where something is missing.</param>
/// <param name="nextId">Makes ids for events that came without one.</param>
/// <param name="isOfRecipient">Whether the caller's key acts for a recipient.</param>
public readonly struct EventBatch(RecordRequest request, Func<string> nextId, bool isOfRecipient = false) : IBatch
{
    public int Count => request.Events.Count;

    public RecordRequest.Types.Ack Ack => request.Ack;

    public string ClientId(int index) => request.Events[index].ClientId;

    public bool Prepare(int index, long nowMs, RecordResult result) =>
        EventIntake.Prepare(request.Events[index], index, nowMs, nextId, result, isOfRecipient);

    public void Take(ClientActor actor, in Turn turn, int index, RecordResult result) =>
        actor.Record(turn, request.Events[index], result);
}
