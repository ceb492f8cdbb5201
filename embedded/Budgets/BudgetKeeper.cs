using System.Threading.Channels;
using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Budgets;

/// <summary>
/// Owns the budgets of all campaigns of this process: 1. takes what turns spent and want; 2. makes what it grants durable;
/// 3. only then lets it be spent. A crash loses what was granted and not spent, some seconds' worth, and never more is
/// spent than is granted. What a deleted campaign spent goes once its leases are back, so that one of the same id begins anew.
/// </summary>
internal sealed partial class BudgetKeeper(
    TenantDirectory tenants, IGridStore store, TimeProvider time, EngineMetrics metrics, ILogger<BudgetKeeper> logger)
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<(string Tenant, string CampaignId), BudgetLedger> _ledgers = [];
    private readonly Dictionary<string, CampaignSet> _seen = new(StringComparer.Ordinal);
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(1);
    private bool _isStale;

    /// <exception cref="StoreException">The store cannot be read.</exception>
    public async Task LoadAsync(CancellationToken cancel)
    {
        _ledgers.Clear();
        _seen.Clear();
        foreach (TenantState tenant in tenants.All)
        {
            foreach (BudgetRow row in await store.ReadBudgetsAsync(tenant.Name, cancel))
            {
                _ledgers[(tenant.Name, row.CampaignId)] = BudgetLedger.Load(StoredBudget.Parser.ParseFrom(row.Data));
            }
        }

        _isStale = false;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        foreach (TenantState tenant in tenants.All)
        {
            tenant.Spending.Asked = _ => _asked.Writer.TryWrite(true);
        }

        try
        {
            using var timer = new PeriodicTimer(_interval, time);
            Task<bool> tick = timer.WaitForNextTickAsync(stop).AsTask();
            Task<bool> asked = _asked.Reader.ReadAsync(stop).AsTask();
            while (await await Task.WhenAny(tick, asked))
            {
                // Who asks after this is heard with the next exchange.
                tick = tick.IsCompleted ? timer.WaitForNextTickAsync(stop).AsTask() : tick;
                asked = asked.IsCompleted ? _asked.Reader.ReadAsync(stop).AsTask() : asked;
                await ExchangeAsync(isLast: false, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    /// <summary>For a shutdown, when <see cref="RunAsync"/> has ended: what is not spent is free again.</summary>
    public Task ReturnAllAsync(CancellationToken cancel) => ExchangeAsync(isLast: true, cancel);

    private async Task ExchangeAsync(bool isLast, CancellationToken cancel)
    {
        foreach (TenantState tenant in tenants.All)
        {
            try
            {
                if (_isStale)
                {
                    await LoadAsync(cancel);
                }

                await ExchangeAsync(tenant, isLast, cancel);
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                // Whether the store has it is not known: look there before the next grant.
                _isStale = true;
                LogFailed(logger, e, tenant.Name);
                metrics.StoreFailed("budgets");
            }
        }
    }

    private async Task ExchangeAsync(TenantState tenant, bool isLast, CancellationToken cancel)
    {
        long now = NowMs;
        var answers = new List<(DueReport Due, BudgetGrant Grant)>();
        var rows = new List<BudgetRow>();
        CampaignSet campaigns = tenant.Definitions.Campaigns;
        try
        {
            foreach (DueReport due in tenant.Spending.Due(campaigns, isLast, now))
            {
                BudgetLedger ledger = Ledger(tenant.Name, due.CampaignId);
                answers.Add((due, ledger.Report(due.Terms, due.Report, now)));
                if (ledger.HasChanged)
                {
                    rows.Add(new BudgetRow(due.CampaignId, ledger.Save().ToByteArray()));
                }
            }

            Forget(tenant.Name, campaigns, rows);
            if (rows.Count > 0)
            {
                await store.WriteBudgetsAsync(tenant.Name, rows, cancel);
            }
        }
        catch (Exception)
        {
            answers.ForEach(a => a.Due.Purse.Fail(a.Due.Report, NowMs));
            throw;
        }

        answers.ForEach(a => a.Due.Purse.Take(a.Due.Report, a.Grant, NowMs));
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Forget(string tenant, CampaignSet campaigns, List<BudgetRow> rows)
    {
        if (_seen.TryGetValue(tenant, out CampaignSet? seen) && ReferenceEquals(seen, campaigns))
        {
            return;
        }

        foreach ((string Tenant, string CampaignId) key in _ledgers.Keys.Where(k => k.Tenant == tenant && campaigns.Find(k.CampaignId) is null).ToList())
        {
            _ledgers.Remove(key);
            rows.RemoveAll(r => r.CampaignId == key.CampaignId);
            rows.Add(new BudgetRow(key.CampaignId, []));
        }

        _seen[tenant] = campaigns;
    }

    private BudgetLedger Ledger(string tenant, string campaignId)
    {
        if (!_ledgers.TryGetValue((tenant, campaignId), out BudgetLedger? ledger))
        {
            _ledgers.Add((tenant, campaignId), ledger = new BudgetLedger());
        }

        return ledger;
    }
}
