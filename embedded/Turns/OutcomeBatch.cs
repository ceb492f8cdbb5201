using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Events;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>Outcomes of decisions.</summary>
internal readonly struct OutcomeBatch(ReportOutcomesRequest request) : IBatch
{
    public int Count => request.Outcomes.Count;

    public RecordRequest.Types.Ack Ack => request.Ack;

    public string ClientId(int index) => request.Outcomes[index].ClientId;

    public bool Prepare(int index, long nowMs, RecordResult result) =>
        EventIntake.Prepare(request.Outcomes[index], index, nowMs, ActId.Next, result);

    public void Take(ClientActor actor, in Turn turn, int index, RecordResult result) =>
        actor.ReportOutcome(turn, request.Outcomes[index], result);
}
