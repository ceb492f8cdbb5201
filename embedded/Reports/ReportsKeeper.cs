using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Reports;

/// <summary>Publishes reports, one at a time: what is stored stands for its hour, and nothing is told before it is stored.</summary>
internal sealed class ReportsKeeper(EngineLife life, TenantDirectory tenants, IGridStore store, TimeProvider time) : IReportsEngine, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public ValueTask<ProbesReport> GetProbesAsync(GetProbesRequest request, CallContext call) => PublishedAsync(
        call, ProbeReporter.Name, ProbesReport.Parser, (tenant, gate) => ProbeReporter.Of(tenant.Knowledge.Probes, gate), (report, publication) => report.Publication = publication);

    public ValueTask<SegmentSizesReport> GetSegmentSizesAsync(GetSegmentSizesRequest request, CallContext call) => PublishedAsync(
        call,
        SegmentReporter.Name,
        SegmentSizesReport.Parser,
        (tenant, gate) => SegmentReporter.Of(tenant.Knowledge.Segments, tenant.Definitions.Segments, gate),
        (report, publication) => report.Publication = publication);

    public void Dispose() => _one.Dispose();

    private async ValueTask<T> PublishedAsync<T>(
        CallContext call, string name, MessageParser<T> parser, Func<TenantState, AudienceGate, T> make, Action<T, Publication> put)
        where T : class, IMessage<T>, new()
    {
        life.ThrowUnlessRunning();
        TenantState tenant = tenants.Get(call.Tenant);
        AudienceGate gate = tenant.Definitions.Audience;
        TimeSpan left = call.Deadline - time.GetUtcNow();
        using var late = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(late.Token, call.Cancelled);
        try
        {
            await _one.WaitAsync(cancel.Token);
            try
            {
                StoredPublication publication = await PublishAsync($"{tenant.Name}/{name}", gate, () => make(tenant, gate), cancel.Token);
                return ReportPublisher.Read(parser, publication, gate, put);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (OperationCanceledException)
        {
            throw call.Cancelled.IsCancellationRequested
                ? new GridException(Code.Cancelled, "The caller went away.")
                : new GridException(Code.Unavailable, "The store did not take the publication in time.");
        }
        catch (StoreException)
        {
            throw new GridException(Code.Unavailable, "The store does not take publications now.");
        }
    }

    // Beside the knowledge of tenants, whose names have no slash.
    private async Task<StoredPublication> PublishAsync(string key, AudienceGate gate, Func<IMessage> make, CancellationToken cancel)
    {
        byte[]? stored = await store.ReadKnowledgeAsync(key, cancel);
        StoredPublication? last = stored is null ? null : StoredPublication.Parser.ParseFrom(stored);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (!ReportPublisher.IsDue(last, now))
        {
            return last!;
        }

        StoredPublication next = ReportPublisher.Next(make(), gate, now);
        await store.WriteKnowledgeAsync(key, next.ToByteArray(), cancel);
        return next;
    }
}
