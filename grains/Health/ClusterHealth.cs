using Footprint.Grid.Engine;
using Microsoft.Extensions.Hosting;

namespace Footprint.Grid.Grains.Health;

/// <summary>Whether the silos can take work, as seen from where requests come in: asked every second.</summary>
internal sealed class ClusterHealth(IGrainFactory grains, TimeProvider time) : BackgroundService, IEngineHealth
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(2);

    private volatile string? _notReady = "The silos have not been asked yet.";

    public string? NotReady => _notReady;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        do
        {
            try
            {
                _notReady = await grains.GetGrain<IHealthGrain>(0).AskAsync().AsTask().WaitAsync(_limit, time, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _notReady = $"No silo can be reached: {e.Message}";
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (await TickAsync(timer, stoppingToken));
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
