using Footprint.Grid.Core.Learning;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Knowledge;

/// <summary>
/// Carries one shard of a tenant's knowledge: this silo's deltas to the shard's grain, one at a time and each until it is
/// durable, and the entries of all silos back.
/// </summary>
internal sealed partial class KnowledgeFlow(
    KnowledgeReplica replica, int shard, Func<IKnowledgeGrain> grain, string silo, TakingPace pace, TimeProvider time, ILogger<KnowledgeFlow> logger)
{
    private static readonly TimeSpan _sendLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _askLimit = KnowledgeGrain.Hold + TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private ulong _sequence;
    private byte[]? _unsent;
    private long _current;

    /// <summary>Time since the shard's grain last said that nothing is missing here; null before it ever did.</summary>
    public TimeSpan? Staleness => Volatile.Read(ref _current) is var at && at == 0 ? null : time.GetElapsedTime(at);

    /// <summary>Sends what was gathered. One that gets no answer is sent again, the same, at the next call. One caller at a time.</summary>
    public async Task SendAsync(CancellationToken cancel)
    {
        try
        {
            while (_unsent is not null || TakeNext())
            {
                Payload answer = await grain().AddAsync(new Payload(0, 0, _unsent)).WaitAsync(_sendLimit, time, cancel);
                if (answer.Kind == (byte)PayloadKind.Fault)
                {
                    throw FaultCodec.Decode(answer.Body);
                }

                _unsent = null;
            }
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            LogNotSent(logger, e, shard, replica.Tenant);
        }
    }

    public async Task FollowAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await StepAsync(stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogNotFollowed(logger, e, shard, replica.Tenant);
                await Task.WhenAny(Task.Delay(_pause, time, stop));
            }
            catch (OperationCanceledException)
            {
            }
        }
    }

    private bool TakeNext()
    {
        KnowledgeDelta? delta = replica.Gatherer.Take(shard, silo, _sequence + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (delta is null)
        {
            return false;
        }

        _sequence++;
        _unsent = delta.ToByteArray();
        return true;
    }

    private async Task StepAsync(CancellationToken stop)
    {
        var question = new FollowRequest { Follower = silo, From = replica.Entry(shard) };
        Payload payload = await grain().FollowAsync(new Payload(0, 0, question.ToByteArray())).WaitAsync(_askLimit, time, stop);
        if (payload.Kind == (byte)PayloadKind.Fault)
        {
            throw FaultCodec.Decode(payload.Body);
        }

        FollowResponse answer = FollowResponse.Parser.ParseFrom(payload.Body.Span);
        if (answer.Behind)
        {
            await replica.ReadAsync(shard, piece => pace.WorkAsync(piece, stop), stop);
        }
        else
        {
            foreach (KnowledgeEntry entry in answer.Knowledge)
            {
                await pace.WorkAsync(() => replica.Apply(shard, entry), stop);
            }
        }

        if (replica.Entry(shard) == (ulong)payload.Number)
        {
            Volatile.Write(ref _current, time.GetTimestamp());
        }
    }
}
