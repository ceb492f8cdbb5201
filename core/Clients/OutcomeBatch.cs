using Footprint.Grid.Core.Events;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Outcomes of decisions.</summary>
/// <param name="request">Filled in where something is missing.</param>
/// <param name="nextId">Makes ids for outcomes that came without one.</param>
/// <param name="isOfRecipient">Whether the caller's key acts for a recipient.</param>
public readonly struct OutcomeBatch(ReportOutcomesRequest request, Func<string> nextId, bool isOfRecipient = false) : IBatch
{
    public int Count => request.Outcomes.Count;

    public RecordRequest.Types.Ack Ack => request.Ack;

    public string ClientId(int index) => request.Outcomes[index].ClientId;

    public bool Prepare(int index, long nowMs, RecordResult result) =>
        EventIntake.Prepare(request.Outcomes[index], index, nowMs, nextId, result, isOfRecipient);

    public void Take(ClientActor actor, in Turn turn, int index, RecordResult result) =>
        actor.ReportOutcome(turn, request.Outcomes[index], result);
}
