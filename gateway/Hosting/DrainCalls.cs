using Footprint.Grid.Api;
using Footprint.Grid.Gateway.Rpc;

namespace Footprint.Grid.Gateway.Hosting;

/// <summary>
/// Lets gRPC calls and streams end before the web server begins to close their connections: a client that is told of the closing
/// first loses its stream's status.
/// </summary>
internal sealed partial class DrainCalls(GatedCall calls, FootprintApiOptions options, TimeProvider time, ILogger<DrainCalls> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(10);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.DrainTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (calls.Active > 0)
            {
                await Task.Delay(_look, time, both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            LogCutOff(logger, calls.Active);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Calls} gRPC calls did not end in time and are cut off")]
    private static partial void LogCutOff(ILogger logger, int calls);
}
