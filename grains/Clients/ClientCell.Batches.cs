using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Journal;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Rpc;

namespace Footprint.Grid.Grains.Clients;

/// <summary>Takes events and outcomes in, all of them in one turn.</summary>
internal sealed partial class ClientCell
{
    private ValueTask<Payload> RecordAsync(LiveClient? live, in Payload request)
    {
        switch (request.Operation)
        {
            case ClientOperation.Stream:
                StreamRequest streamed = StreamRequest.Parser.ParseFrom(request.Body.Span);
                var recorded = new RecordRequest { Ack = streamed.Ack };
                recorded.Events.Add(streamed.Events);
                RequestValidator.Check(recorded);
                var acknowledged = new StreamResponse { Sequence = streamed.Sequence };
                return RecordAsync(live, new EventBatch(recorded, ActId.Next), acknowledged, acknowledged.Results, request);
            case ClientOperation.ReportOutcomes:
                ReportOutcomesRequest outcomes = ReportOutcomesRequest.Parser.ParseFrom(request.Body.Span);
                RequestValidator.Check(outcomes);
                var reported = new ReportOutcomesResponse();
                return RecordAsync(live, new OutcomeBatch(outcomes, ActId.Next), reported, reported.Results, request);
            default:
                RecordRequest events = RecordRequest.Parser.ParseFrom(request.Body.Span);
                RequestValidator.Check(events);
                var response = new RecordResponse();
                return RecordAsync(live, new EventBatch(events, ActId.Next), response, response.Results, request);
        }
    }

    /// <param name="live">Null when the client is in quarantine.</param>
    /// <param name="batch">What the client did.</param>
    /// <param name="response">Holds the results.</param>
    /// <param name="results">Filled in, one for each act.</param>
    /// <param name="request">Its deadline and its privacy signal.</param>
    private ValueTask<Payload> RecordAsync<TBatch>(
        LiveClient? live, TBatch batch, IMessage response, RepeatedField<RecordResult> results, in Payload request)
        where TBatch : struct, IBatch
    {
        long now = _services.NowMs;
        bool isTaken = false;
        GridException? shed = null;
        results.Capacity = batch.Count;
        for (int i = 0; i < batch.Count; i++)
        {
            var result = new RecordResult();
            results.Add(result);
            if (!batch.Prepare(i, now, result))
            {
                continue;
            }

            try
            {
                Turn turn = _tenant!.Turn(now, long.MaxValue, _services.Seeds.Next(), live ?? throw Damaged()) with { HasPrivacySignal = request.HasPrivacySignal };
                batch.Take(live.Actor, turn, i, result);
                isTaken |= result.Status != RecordResult.Types.Status.Rejected;
            }
            catch (GridException e)
            {
                BatchResults.Refuse(result, e.Code, e.Message);
                shed = BatchResults.IsShed(e) ? e : shed;
            }
        }

        live?.Flush();
        if (!isTaken && shed is not null && BatchResults.AllFailed(results))
        {
            throw shed;
        }

        return batch.Ack == RecordRequest.Types.Ack.Durable && isTaken
            ? AnswerDurablyAsync(live!, response, results, request.Number)
            : new(Answer(response));
    }

    private async ValueTask<Payload> AnswerDurablyAsync(LiveClient live, IMessage response, RepeatedField<RecordResult> results, long deadlineMs)
    {
        await WhenDurableAsync(live, deadlineMs);
        BatchResults.MarkDurable(results);
        return Answer(response);
    }

    private async ValueTask WhenDurableAsync(LiveClient live, long deadlineMs)
    {
        Task<bool> durable = live.WhenDurable();
        if (!durable.IsCompleted)
        {
            long now = _services.NowMs;
            long left = DurablePromise.LastMoment(deadlineMs, now) - now;
            try
            {
                await durable.WaitAsync(TimeSpan.FromMilliseconds(Math.Clamp(left, 0, int.MaxValue)), _services.Time);
            }
            catch (TimeoutException)
            {
                throw DurablePromise.Broken(_services.Pump.Problem);
            }
        }

        if (!await durable)
        {
            throw LiveClient.Lost();
        }
    }
}
