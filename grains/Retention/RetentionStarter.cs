using Footprint.Grid.Grains.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Grains.Retention;

/// <summary>Arranges the reminder once the silo is up, and takes down those that an earlier version had for each tenant; tries again until all is arranged.</summary>
internal sealed partial class RetentionStarter(
    TenantSnapshots tenants, IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<RetentionStarter> logger)
    : BackgroundService
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The cluster takes calls only when the silo has joined.
            await Task.Delay(Timeout.InfiniteTimeSpan, lifetime.ApplicationStarted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (!await ArrangeAllAsync(stoppingToken))
            {
                await Task.Delay(_again, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next silo that starts does it.
        }
    }

    private async Task<bool> ArrangeAllAsync(CancellationToken stop)
    {
        try
        {
            foreach (string key in tenants.All.Select(t => t.Name).Prepend(RetentionGrain.All))
            {
                await grains.GetGrain<IRetentionGrain>(key).ArrangeAsync().WaitAsync(_limit, time, stop);
            }

            return true;
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogNotArranged(logger, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminders of retention could not be arranged yet; tried again in 10 s.")]
    private static partial void LogNotArranged(ILogger logger, Exception exception);
}
