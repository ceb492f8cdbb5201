using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Tenants;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Budgets;

/// <summary>Tells the owners of budgets what this silo spent and gets leases from them, a few times a second; an orderly end gives back what is left.</summary>
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
                await ReportAsync(isLast: false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private Task ReportAsync(bool isLast)
    {
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var reports = new List<Task>();
        foreach ((TenantSnapshot tenant, BudgetPurses purses) in _tenants)
        {
            foreach (var (campaignId, purse, _, report) in purses.Due(tenant.Definitions.Campaigns, isLast, now))
            {
                reports.Add(ReportAsync(tenant.Name, campaignId, purse, report));
            }
        }

        return Task.WhenAll(reports);
    }

    private async Task ReportAsync(string tenant, string campaignId, BudgetPurse purse, BudgetReport report)
    {
        try
        {
            IBudgetGrain owner = _grains.GetGrain<IBudgetGrain>($"{tenant}/{campaignId}");
            Payload answer = await owner.ReportAsync(new Payload(0, 0, report.ToByteArray())).WaitAsync(_limit, _time);
            if (answer.Kind == (byte)PayloadKind.Fault)
            {
                throw FaultCodec.Decode(answer.Body);
            }

            purse.Take(report, BudgetGrant.Parser.ParseFrom(answer.Body.Span));
        }
        catch (Exception e)
        {
            LogFailed(_logger, e, tenant, campaignId);
        }
    }
}
