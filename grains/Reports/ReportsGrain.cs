using Footprint.Grid.Core.Audience;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Reports;

/// <summary>
/// Publishes one tenant's reports from what its silo knows of all silos' counts. A write says what it takes to be stored,
/// so a second one of its kind that should not be there publishes nothing.
/// </summary>
[GrainType("fg.reports")]
internal sealed partial class ReportsGrain : Grain, IReportsGrain
{
    private readonly IGridRedis _redis;
    private readonly TenantSnapshots _tenants;
    private readonly TimeProvider _time;
    private readonly ILogger<ReportsGrain> _logger;
    private readonly string _tenant;

    public ReportsGrain(IGridRedis redis, TenantSnapshots tenants, TimeProvider time, ILogger<ReportsGrain> logger)
    {
        (_redis, _tenants, _time, _logger) = (redis, tenants, time, logger);
        _tenant = this.GetPrimaryKeyString();
    }

    public async Task<Payload> GetAsync(Payload request)
    {
        try
        {
            TenantSnapshot tenant = _tenants.Get(_tenant);
            AudienceGate gate = tenant.Definitions.Audience;
            IMessage report = (ReportKind)request.Kind switch
            {
                ReportKind.Probes => await PublishedAsync(
                    gate, ProbeReporter.Name, ProbesReport.Parser, () => ProbeReporter.Of(tenant.Knowledge.Probes, gate), (r, publication) => r.Publication = publication),
                ReportKind.SegmentSizes => await PublishedAsync(
                    gate,
                    SegmentReporter.Name,
                    SegmentSizesReport.Parser,
                    () => SegmentReporter.Of(tenant.Knowledge.Segments, tenant.Definitions.Segments, gate),
                    (r, publication) => r.Publication = publication),
                _ => throw new GridException(Code.Unimplemented, $"Report {request.Kind} is not known; this silo is older than who asks."),
            };
            return new Payload((byte)PayloadKind.Answer, 0, report.ToByteArray());
        }
        catch (GridException e)
        {
            return FaultCodec.Encode(e);
        }
        catch (Exception e) when (e is StoreException or NotOwnerException)
        {
            LogFailed(_logger, e, _tenant);
            return FaultCodec.Encode(new GridException(Code.Unavailable, "The store does not take publications now."));
        }
    }

    private async Task<T> PublishedAsync<T>(AudienceGate gate, string name, MessageParser<T> parser, Func<T> make, Action<T, Publication> put)
        where T : class, IMessage<T>, new()
    {
        string field = $"{_tenant}/{name}";
        RedisValue found = await _redis.ReadAsync(r => r.HashGetAsync(RedisLayout.Knowledge, field), CancellationToken.None);
        byte[] stored = found.IsNull ? [] : (byte[])found!;
        StoredPublication? publication = found.IsNull ? null : StoredPublication.Parser.ParseFrom(stored);
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (ReportPublisher.IsDue(publication, now))
        {
            publication = ReportPublisher.Next(make(), gate, now);
            if (!await _redis.TryReplaceAsync(RedisLayout.Knowledge, field, stored, publication.ToByteArray(), CancellationToken.None))
            {
                throw new StoreException("Somebody else published at the same time.");
            }
        }

        return ReportPublisher.Read(parser, publication!, gate, put);
    }
}
