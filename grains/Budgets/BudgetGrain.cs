using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Storage;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Google.Rpc;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Footprint.Grid.Grains.Budgets;

/// <summary>
/// The owner of one campaign's budget. A lease is durable before any silo hears of it; a write says what it takes to be
/// stored, so a second owner that should not be there grants nothing.
/// </summary>
[GrainType("fg.budget")]
internal sealed partial class BudgetGrain : Grain, IBudgetGrain
{
    private readonly IGridRedis _redis;
    private readonly TenantSnapshots _tenants;
    private readonly TimeProvider _time;
    private readonly ILogger<BudgetGrain> _logger;
    private readonly string _tenant;
    private readonly string _campaign;
    private byte[]? _stored;
    private long _epoch;

    public BudgetGrain(IGridRedis redis, TenantSnapshots tenants, TimeProvider time, ILogger<BudgetGrain> logger)
    {
        (_redis, _tenants, _time, _logger) = (redis, tenants, time, logger);
        string key = this.GetPrimaryKeyString();
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        (_tenant, _campaign) = (key[..slash], key[(slash + 1)..]);
    }

    public async Task<Payload> ReportAsync(Payload report)
    {
        try
        {
            BudgetGrant grant = await ReportAsync(BudgetReport.Parser.ParseFrom(report.Body.Span));
            return new Payload((byte)PayloadKind.Answer, 0, grant.ToByteArray());
        }
        catch (Exception e) when (e is StoreException or NotOwnerException)
        {
            // Whether it is stored is not known: look there before the next grant.
            _stored = null;
            LogFailed(_logger, e, _tenant, _campaign);
            return FaultCodec.Encode(new GridException(Code.Unavailable, "The store does not take budgets now."));
        }
    }

    private async Task<BudgetGrant> ReportAsync(BudgetReport report)
    {
        RedisKey key = RedisLayout.Budgets(_tenant);
        if (_stored is null || _redis.Epoch != _epoch)
        {
            _epoch = _redis.Epoch;
            RedisValue found = await _redis.ReadAsync(r => r.HashGetAsync(key, _campaign), CancellationToken.None);
            _stored = found.IsNull ? [] : (byte[])found!;
        }

        BudgetTerms? terms = _tenants.Find(_tenant)?.Definitions.Campaigns.Budget(_campaign);
        if (_stored.Length == 0 && terms is null)
        {
            // What a campaign spent went with it; a last word about it brings nothing back.
            return new BudgetGrant();
        }

        var ledger = BudgetLedger.Load(StoredBudget.Parser.ParseFrom(_stored));
        BudgetGrant grant = ledger.Report(terms, report, _time.GetUtcNow().ToUnixTimeMilliseconds());
        byte[] next = ledger.Save().ToByteArray();
        if (!await _redis.TryReplaceAsync(key, _campaign, _stored, next, CancellationToken.None))
        {
            throw new StoreException("Somebody else wrote the budget at the same time.");
        }

        _stored = next;
        return grant;
    }
}
