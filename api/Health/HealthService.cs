using System.Runtime.CompilerServices;
using Footprint.Grid.Engine;
using Footprint.Grid.Health.V1;
using Google.Rpc;

namespace Footprint.Grid.Api.Health;

/// <summary>
/// The gRPC health checking protocol. All services of the engine share its readiness; health and reflection answer as
/// long as the process does. <c>Watch</c> looks once a second, says what changed, and ends when the process shuts down.
/// </summary>
internal sealed class HealthService(ServingState serving, IReadOnlyCollection<string> engineServices, IReadOnlyCollection<string> ownServices, TimeProvider time)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);
    private static readonly HealthCheckResponse _serving = new() { Status = HealthCheckResponse.Types.ServingStatus.Serving };
    private static readonly HealthCheckResponse _notServing = new() { Status = HealthCheckResponse.Types.ServingStatus.NotServing };
    private static readonly HealthCheckResponse _unknown = new() { Status = HealthCheckResponse.Types.ServingStatus.ServiceUnknown };

    private readonly HashSet<string> _engineServices = [.. engineServices, ""];
    private readonly HashSet<string> _ownServices = [.. ownServices];

    public ValueTask<HealthCheckResponse> CheckAsync(HealthCheckRequest request, CallContext call)
    {
        var answer = Look(request.Service);
        return ReferenceEquals(answer, _unknown)
            ? throw new GridException(Code.NotFound, $"There is no service '{Shorten(request.Service)}' here.", [new Fault("service", "unknown service")])
            : ValueTask.FromResult(answer);
    }

    public async IAsyncEnumerable<HealthCheckResponse> WatchAsync(
        HealthCheckRequest request, CallContext call, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Cancelled, cancellation, serving.Draining);
        using var timer = new PeriodicTimer(_interval, time);
        HealthCheckResponse? last = null;
        while (true)
        {
            var now = Look(request.Service);
            if (!ReferenceEquals(now, last))
            {
                last = now;
                yield return now;
            }

            if (stop.IsCancellationRequested)
            {
                yield break;
            }

            try
            {
                await timer.WaitForNextTickAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Looked at once more above, so that a watcher learns of the shutdown.
            }
        }
    }

    private HealthCheckResponse Look(string service)
    {
        if (_engineServices.Contains(service))
        {
            return serving.NotReady is null ? _serving : _notServing;
        }

        return !_ownServices.Contains(service) ? _unknown : serving.IsDraining ? _notServing : _serving;
    }

    private static string Shorten(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
