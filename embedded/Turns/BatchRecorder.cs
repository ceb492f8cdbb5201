using Footprint.Grid.Core.Clients;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Google.Rpc;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>
/// Takes a batch in, act by act in the order sent: 1. fill in and check; 2. hold the client; 3. its turn, which journals
/// and applies; 4. with all done, wait for durability where that was asked. Nothing is awaited while all clients are in
/// memory. With one that is not, all the rest are summoned at once and the batch goes on as they come.
/// </summary>
internal sealed partial class BatchRecorder(
    ClientDirectory directory, DurableGate gate, SeedSource seeds, TimeProvider time, ILogger<BatchRecorder> logger)
{
    public ValueTask TakeAsync<TBatch>(TenantState tenant, TBatch batch, RepeatedField<RecordResult> results, CallContext call)
        where TBatch : struct, IBatch
    {
        var progress = new Progress { NowMs = time.GetUtcNow().ToUnixTimeMilliseconds(), HasPrivacySignal = call.HasPrivacySignal };
        results.Capacity = batch.Count;
        for (int i = 0; i < batch.Count; i++)
        {
            if (i % TurnPrefetch.Ahead == 0)
            {
                TurnPrefetch.Ask(tenant, batch, i);
            }

            var result = new RecordResult();
            results.Add(result);
            if (!batch.Prepare(i, progress.NowMs, result))
            {
                continue;
            }

            string client = batch.ClientId(i);
            if (!TryTake(tenant, batch, i, ref client, result, progress))
            {
                return new ValueTask(GoOnAsync(tenant, batch, i, client, results, progress, call));
            }
        }

        return FinishAsync(batch, results, progress, call);
    }

    private async Task GoOnAsync<TBatch>(
        TenantState tenant, TBatch batch, int from, string client, RepeatedField<RecordResult> results, Progress progress, CallContext call)
        where TBatch : struct, IBatch
    {
        Summon(tenant, batch, from);
        for (int i = from; i < batch.Count; i++)
        {
            RecordResult result = i == from ? results[i] : new RecordResult();
            if (i > from)
            {
                results.Add(result);
                if (!batch.Prepare(i, progress.NowMs, result))
                {
                    continue;
                }

                client = batch.ClientId(i);
            }

            try
            {
                while (!TryTake(tenant, batch, i, ref client, result, progress))
                {
                    await directory.GetAsync(tenant, client, call);
                }
            }
            catch (GridException e)
            {
                BatchResults.Refuse(result, e.Code, e.Message);
                progress.Failed(e);
            }
        }

        await FinishAsync(batch, results, progress, call);
    }

    private void Summon<TBatch>(TenantState tenant, TBatch batch, int from)
        where TBatch : struct, IBatch
    {
        try
        {
            for (int i = from; i < batch.Count; i++)
            {
                if (batch.ClientId(i) is { Length: > 0 and <= 128 } client)
                {
                    directory.Summon(tenant, client);
                }
            }
        }
        catch (GridException)
        {
            // Too many wait; each act asks again for itself and hears of it.
        }
    }

    private bool TryTake<TBatch>(TenantState tenant, TBatch batch, int index, ref string client, RecordResult result, Progress progress)
        where TBatch : struct, IBatch
    {
        ClientSlot? slot = ClientDirectory.TryEnter(tenant, ref client);
        if (slot is null)
        {
            return false;
        }

        try
        {
            slot.ThrowIfQuarantined();
            Turn turn = tenant.Turn(progress.NowMs, long.MaxValue, seeds.Next(), slot) with { HasPrivacySignal = progress.HasPrivacySignal };
            batch.Take(slot.Actor!, turn, index, result);
            progress.Position = Math.Max(progress.Position, slot.LastPosition);
            progress.Taken |= result.Status != RecordResult.Types.Status.Rejected;
        }
        catch (GridException e)
        {
            BatchResults.Refuse(result, e.Code, e.Message);
            progress.Failed(e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFault(logger, e);
            BatchResults.Refuse(result, Code.Internal, "The event could not be taken because of a fault in the server.");
        }
        finally
        {
            Monitor.Exit(slot);
        }

        return true;
    }

    private ValueTask FinishAsync<TBatch>(TBatch batch, RepeatedField<RecordResult> results, Progress progress, CallContext call)
        where TBatch : struct, IBatch
    {
        if (progress is { Taken: false, Shed: { } shed } && BatchResults.AllFailed(results))
        {
            throw new GridException(shed.Code, shed.Message);
        }

        if (batch.Ack != RecordRequest.Types.Ack.Durable || !progress.Taken)
        {
            return default;
        }

        ValueTask durable = gate.WaitAsync(progress.Position, call);
        if (!durable.IsCompletedSuccessfully)
        {
            return new ValueTask(MarkAsync(durable, results));
        }

        BatchResults.MarkDurable(results);
        return default;
    }

    private static async Task MarkAsync(ValueTask durable, RepeatedField<RecordResult> results)
    {
        await durable;
        BatchResults.MarkDurable(results);
    }

    private sealed class Progress
    {
        public long NowMs { get; init; }

        public bool HasPrivacySignal { get; init; }

        /// <summary>Position of the last entry of any client in the batch; a duplicate's is that of its profile.</summary>
        public long Position { get; set; }

        public bool Taken { get; set; }

        /// <summary>Why the server, not the event, was at fault.</summary>
        public GridException? Shed { get; private set; }

        public void Failed(GridException e)
        {
            if (BatchResults.IsShed(e))
            {
                Shed = e;
            }
        }
    }
}
