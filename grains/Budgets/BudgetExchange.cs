using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Budgets;

/// <summary>
/// Asks the owners of budgets at once for what decisions wait for, and tells them a few times a second what was spent and what
/// is not needed; an orderly end gives back what is left.
/// </summary>
internal sealed partial class BudgetExchange : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    /// <summary>An answer that comes later is not heard: what it grants counts as never granted with the next report.</summary>
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(1);

    private readonly List<(TenantSnapshot Tenant, BudgetPurses Purses)> _tenants = [];
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<BudgetExchange> _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public BudgetExchange(TenantSnapshots tenants, IGrainFactory grains, ILocalSiloDetails silo, TimeProvider time, ILogger<BudgetExchange> logger)
    {
        (_grains, _time, _logger) = (grains, time, logger);
        foreach (TenantSnapshot tenant in tenants.All)
        {
            var purses = new BudgetPurses(silo.SiloAddress.ToParsableString());
            purses.Asked = campaignId => Ask(tenant, purses, campaignId);
            tenant.Spending = purses;
            _tenants.Add((tenant, purses));
        }
    }

    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(BudgetExchange), ServiceLifecycleStage.Active, StartAsync, StopAsync);

    public void Dispose() => _stop.Dispose();

    private Task StartAsync(CancellationToken cancel)
    {
        // Away from the lifecycle's own scheduler.
        _work = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancel)
    {
        await _stop.CancelAsync();
        await _work.WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ReportAsync(isLast: true).WaitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                // Each has its own end; one that is slow holds up no other, and has one report under way at the most.
                _ = ReportAsync(isLast: false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    // Away from the scheduler of the grain that asks.
    private void Ask(TenantSnapshot tenant, BudgetPurses purses, string campaignId) => Task.Run(async () =>
    {
        while (!_stop.IsCancellationRequested && purses.Due(tenant.Definitions.Campaigns, campaignId, NowMs) is { } due)
        {
            // Whoever asked meanwhile is for the next report.
            await ReportAsync(tenant.Name, due);
        }
    });

    private Task ReportAsync(bool isLast) => Task.WhenAll(
        _tenants.SelectMany(t => t.Purses.Due(t.Tenant.Definitions.Campaigns, isLast, NowMs).Select(due => ReportAsync(t.Tenant.Name, due))));

    private async Task ReportAsync(string tenant, DueReport due)
    {
        try
        {
            IBudgetGrain owner = _grains.GetGrain<IBudgetGrain>($"{tenant}/{due.CampaignId}");
            Payload answer = await owner.ReportAsync(new Payload(0, 0, due.Report.ToByteArray())).WaitAsync(_limit, _time);
            if (answer.Kind == (byte)PayloadKind.Fault)
            {
                throw FaultCodec.Decode(answer.Body);
            }

            due.Purse.Take(due.Report, BudgetGrant.Parser.ParseFrom(answer.Body.Span), NowMs);
        }
        catch (Exception e)
        {
            due.Purse.Fail(due.Report, NowMs);
            LogFailed(_logger, e, tenant, due.CampaignId);
        }
    }
}
