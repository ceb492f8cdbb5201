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
    private byte[] _stored = [];
    private BudgetLedger? _ledger;
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
            _ledger = null;
            LogFailed(_logger, e, _tenant, _campaign);
            return FaultCodec.Encode(new GridException(Code.Unavailable, "The store does not take budgets now."));
        }
    }

    private async Task<BudgetGrant> ReportAsync(BudgetReport report)
    {
        while (true)
        {
            if (_ledger is null || _redis.Epoch != _epoch)
            {
                _epoch = _redis.Epoch;
                _stored = await ReadAsync();
                _ledger = BudgetLedger.Load(StoredBudget.Parser.ParseFrom(_stored));
            }

            BudgetTerms? terms = _tenants.Find(_tenant)?.Definitions.Campaigns.Budget(_campaign);
            if (_stored.Length == 0 && terms is null)
            {
                // What a campaign spent went with it; a last word about it brings nothing back.
                return new BudgetGrant();
            }

            BudgetGrant grant = _ledger.Report(terms, report, _time.GetUtcNow().ToUnixTimeMilliseconds());
            if (_ledger.HasChanged)
            {
                await WriteAsync(_ledger.Save().ToByteArray());
                return grant;
            }

            // Nothing to be had; unless the campaign was made anew, and what is known here went with the one before it.
            if (report.Wanted == 0 || (await ReadAsync()).AsSpan().SequenceEqual(_stored))
            {
                return grant;
            }

            _ledger = null;
        }
    }

    private async Task<byte[]> ReadAsync()
    {
        RedisValue found = await _redis.ReadAsync(r => r.HashGetAsync(RedisLayout.Budgets(_tenant), _campaign), CancellationToken.None);
        return found.IsNull ? [] : (byte[])found!;
    }

    private async Task WriteAsync(byte[] next)
    {
        if (!await _redis.TryReplaceAsync(RedisLayout.Budgets(_tenant), _campaign, _stored, next, CancellationToken.None))
        {
            throw new StoreException("Somebody else wrote the budget at the same time.");
        }

        _stored = next;
    }
}
