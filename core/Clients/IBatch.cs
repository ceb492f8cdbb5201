using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>Acts of many clients in one request: events or outcomes.</summary>
public interface IBatch
{
    int Count { get; }

    RecordRequest.Types.Ack Ack { get; }

    string ClientId(int index);

    /// <summary>Fills in what is missing and checks it; false when it was refused.</summary>
    bool Prepare(int index, long nowMs, RecordResult result);

    void Take(ClientActor actor, in Turn turn, int index, RecordResult result);
}
