using System.Text;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Batches;
using Footprint.Grid.Grains.Clients;
using Footprint.Grid.Grains.Messages;
using Google.Rpc;
using Orleans.Runtime;

namespace Footprint.Grid.Grains.Engine;

/// <summary>
/// Asks clients' grains: by the deadline, on to the client that an anonymous one became a part of, and again where a silo
/// was lost and to ask twice changes nothing.
/// </summary>
internal sealed class GrainCaller(IGrainFactory grains, SiloBatches batches, TimeProvider time)
{
    /// <summary>A link points at a known client, which cannot be a part of another; more hops than this are a fault in the data.</summary>
    private const int MaxHops = 4;

    /// <summary>What a client's silo may take beyond the deadline to say that it was passed, before nobody waits for it any more.</summary>
    private const long GraceMs = 50;
    private const int MaxIdBytes = 128;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The answer of the client, <see cref="PayloadKind.Answer"/> or <see cref="PayloadKind.Fault"/>.</summary>
    /// <exception cref="GridException">The client's silo could not be asked, or did not answer; what it did is not known.</exception>
    public async ValueTask<Payload> AskAsync(
        ClientOperation operation, string clientId, ReadOnlyMemory<byte> request, CallContext call, bool isRepeatable)
    {
        long deadline = call.Deadline.ToUnixTimeMilliseconds();
        return await FollowAsync(clientId, Payload.Request(operation, call.HasPrivacySignal, deadline, request), deadline + GraceMs, call, isRepeatable);
    }

    /// <summary>Likewise of a decision: nobody decides when the client's silo does not answer in time, or the client has too much to do.</summary>
    public async ValueTask<Payload> DecideAsync(ClientOperation operation, string clientId, ReadOnlyMemory<byte> request, int deadlineMs, CallContext call)
    {
        // The request's own time counts from when it came in: on its way and in the client's queue it runs, too.
        long deadline = call.Deadline.ToUnixTimeMilliseconds();
        deadline = deadlineMs > 0 ? Math.Min(deadline, (call.Arrived == default ? time.GetUtcNow() : call.Arrived).ToUnixTimeMilliseconds() + deadlineMs) : deadline;
        var payload = Payload.Request(operation, call.HasPrivacySignal, deadline, request);
        if (clientId.Length > 0 && IsId(clientId))
        {
            try
            {
                long lastMoment = DurablePromise.LastMoment(deadline, time.GetUtcNow().ToUnixTimeMilliseconds());
                Payload answer = await FollowAsync(clientId, payload, lastMoment, call, isRepeatable: operation == ClientOperation.PickContent);
                return answer.Kind == (byte)PayloadKind.Fault && FaultCodec.Decode(answer.Body) is { Code: Code.ResourceExhausted } busy ? throw busy : answer;
            }
            catch (GridException e) when (e.Code is Code.Unavailable or Code.DeadlineExceeded or Code.ResourceExhausted)
            {
                payload = Payload.Request(operation, call.HasPrivacySignal, 0, request);
            }
        }

        return await TryAsync(grains.GetGrain<INobodyGrain>(call.Tenant).CallAsync(payload), deadline + GraceMs, call);
    }

    /// <summary>The answer's bytes.</summary>
    /// <exception cref="GridException">What the client answered instead.</exception>
    public static ReadOnlyMemory<byte> Read(in Payload answer) =>
        answer.Kind == (byte)PayloadKind.Answer ? answer.Body : throw FaultCodec.Decode(answer.Body);

    private async ValueTask<Payload> FollowAsync(string clientId, Payload payload, long untilMs, CallContext call, bool isRepeatable)
    {
        string id = clientId;
        for (int hops = 0; hops <= MaxHops;)
        {
            string name = string.Concat(call.Tenant, "/", id);
            Payload answer;
            try
            {
                answer = Decisions.Is(payload.Operation)
                    ? await DecideAsync(name, payload, untilMs, call)
                    : await TryAsync(grains.GetGrain<IClientGrain>(name).CallAsync(payload), untilMs, call);
            }
            catch (GridException e) when (isRepeatable && e.Code == Code.Unavailable && LeftMs(untilMs) > 2 * _pause.TotalMilliseconds)
            {
                await Task.Delay(_pause, time, call.Cancelled);
                continue;
            }

            if (answer.Kind != (byte)PayloadKind.Redirect)
            {
                return answer;
            }

            id = Encoding.UTF8.GetString(answer.Body.Span);
            hops++;
        }

        throw new GridException(Code.Internal, "The client's links go in a circle.");
    }

    // Together with others for its silo when that is known, else by itself.
    private async ValueTask<Payload> DecideAsync(string name, Payload payload, long untilMs, CallContext call)
    {
        if (batches.TryAsk(name, payload, out Task<Payload> batched))
        {
            try
            {
                Payload answer = await TryAsync(new(batched), untilMs, call);
                if (answer.Kind != (byte)PayloadKind.Elsewhere)
                {
                    return answer;
                }
            }
            catch (GridException)
            {
                batches.Forget(name);
                throw;
            }
        }

        Payload own = await TryAsync(grains.GetGrain<IClientGrain>(name).CallAsync(payload), untilMs, call);
        batches.Learn(name, own.Number);
        return own;
    }

    private double LeftMs(long untilMs) => untilMs - time.GetUtcNow().ToUnixTimeMilliseconds();

    private async ValueTask<Payload> TryAsync(ValueTask<Payload> asked, long untilMs, CallContext call)
    {
        try
        {
            return asked.IsCompleted
                ? await asked
                : await asked.AsTask().WaitAsync(TimeSpan.FromMilliseconds(Math.Clamp(LeftMs(untilMs), GraceMs, int.MaxValue)), time, call.Cancelled);
        }
        catch (TimeoutException)
        {
            throw new GridException(Code.DeadlineExceeded, "The client did not answer by the deadline.");
        }
        catch (OperationCanceledException)
        {
            throw new GridException(Code.Cancelled, "The caller went away.");
        }
        catch (LimitExceededException)
        {
            throw new GridException(Code.ResourceExhausted, "Too many requests of this client are under way.");
        }
        catch (Exception e) when (e is OrleansException or ObjectDisposedException or InvalidOperationException)
        {
            throw new GridException(Code.Unavailable, "The silo of the client cannot be reached now.");
        }
    }

    private static bool IsId(string clientId) => clientId.Length <= MaxIdBytes && Encoding.UTF8.GetByteCount(clientId) <= MaxIdBytes;
}
