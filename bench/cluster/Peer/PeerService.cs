using Footprint.Grid.V1;
using Grpc.Core;

namespace Footprint.Grid.Cluster.Bench.Peer;

/// <summary>The peer's gateway: from gRPC to the client's grain and back.</summary>
internal sealed class PeerService(IGrainFactory grains)
{
    public async Task<PickContentResponse> PickAsync(PickContentRequest request, ServerCallContext call)
    {
        var picks = await grains.GetGrain<IPeerGrain>(request.ClientId).PickAsync(request.Count);
        var response = new PickContentResponse { DecisionId = Guid.NewGuid().ToString("N"), Personalized = true };
        foreach (var pick in picks)
        {
            response.Picks.Add(new Pick { ItemId = pick.ItemId, Score = pick.Score, MatchPercent = (int)Math.Min(99, pick.Score) });
        }

        return response;
    }

    /// <summary>All events are of one client. DURABLE writes after each, APPLIED once after all.</summary>
    public async Task<RecordResponse> RecordAsync(RecordRequest request, ServerCallContext call)
    {
        var durable = request.Ack == RecordRequest.Types.Ack.Durable;
        var events = new List<PeerEvent>(request.Events.Count);
        foreach (var one in request.Events)
        {
            events.Add(new PeerEvent(one.Type, one.ItemId, one.Topics.ToDictionary(topic => topic.Topic, topic => topic.Weight), DateTime.UtcNow));
        }

        await grains.GetGrain<IPeerGrain>(request.Events[0].ClientId).RecordAsync(events, each: durable);
        var response = new RecordResponse();
        foreach (var one in request.Events)
        {
            response.Results.Add(new RecordResult
            {
                EventId = one.EventId,
                Status = durable ? RecordResult.Types.Status.Durable : RecordResult.Types.Status.Applied,
            });
        }

        return response;
    }

    public async Task<PickContentResponse> NoopAsync(PickContentRequest request, ServerCallContext call)
    {
        await grains.GetGrain<IPeerGrain>(request.ClientId).NoopAsync();
        return new PickContentResponse();
    }
}
