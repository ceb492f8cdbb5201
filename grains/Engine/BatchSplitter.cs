using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Rpc;

namespace Footprint.Grid.Grains.Engine;

/// <summary>
/// Takes a batch apart by client, asks all clients at once and puts the results back in the order of the acts. What is
/// missing is filled in here, so that to ask a client again changes nothing.
/// </summary>
internal sealed class BatchSplitter(GrainCaller caller, TimeProvider time)
{
    public async ValueTask<RecordResponse> RecordAsync(RecordRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        var response = new RecordResponse();
        await SplitAsync(new EventBatch(request, ActId.Next, call.Recipient is not null), response.Results, new EventParts(request), call);
        return response;
    }

    public async ValueTask<ReportOutcomesResponse> ReportAsync(ReportOutcomesRequest request, CallContext call)
    {
        RequestValidator.Check(request);
        var response = new ReportOutcomesResponse();
        await SplitAsync(new OutcomeBatch(request, ActId.Next, call.Recipient is not null), response.Results, new OutcomeParts(request), call);
        return response;
    }

    private async Task SplitAsync<TBatch, TParts>(TBatch batch, RepeatedField<RecordResult> results, TParts parts, CallContext call)
        where TBatch : struct, IBatch
        where TParts : struct, IBatchParts
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var byClient = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < batch.Count; i++)
        {
            var result = new RecordResult();
            results.Add(result);
            if (batch.Prepare(i, now, result))
            {
                string client = batch.ClientId(i);
                if (!byClient.TryGetValue(client, out List<int>? acts))
                {
                    byClient.Add(client, acts = []);
                }

                acts.Add(i);
            }
        }

        var asked = new List<(List<int> Acts, Task<Payload> Answer)>(byClient.Count);
        foreach ((string client, List<int> acts) in byClient)
        {
            asked.Add((acts, caller.AskAsync(parts.Operation, client, parts.Of(acts), call, isRepeatable: true).AsTask()));
        }

        await Task.WhenAll(asked.Select(a => a.Answer));
        GridException? shed = null;
        bool isTaken = false;
        foreach ((List<int> acts, Task<Payload> answer) in asked)
        {
            Payload payload = await answer;
            if (payload.Kind == (byte)PayloadKind.Answer)
            {
                isTaken = true;
                Put(parts.Results(payload.Body), acts, results);
                continue;
            }

            GridException fault = FaultCodec.Decode(payload.Body);
            if (fault.Code == Code.Unavailable && batch.Ack == RecordRequest.Types.Ack.Durable)
            {
                // It may have been applied, which is not what a refusal of single acts would say.
                throw fault;
            }

            shed = fault;
            acts.ForEach(i => BatchResults.Refuse(results[i], fault.Code, fault.Message));
        }

        if (!isTaken && shed is not null && BatchResults.IsShed(shed) && BatchResults.AllFailed(results))
        {
            throw shed;
        }
    }

    // What the client filled in was filled in before; what was filled in here is told here.
    private static void Put(RepeatedField<RecordResult> found, List<int> acts, RepeatedField<RecordResult> results)
    {
        for (int i = 0; i < acts.Count; i++)
        {
            results[acts[i]].Status = found[i].Status;
            results[acts[i]].Error = found[i].Error;
            results[acts[i]].Holdout = found[i].Holdout;
        }
    }
}
