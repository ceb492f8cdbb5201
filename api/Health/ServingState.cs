using Footprint.Grid.Engine;

namespace Footprint.Grid.Api.Health;

/// <summary>Whether this process takes work: the engine's word, and whether it is shutting down.</summary>
public sealed class ServingState(IEngineHealth engine) : IDisposable
{
    private readonly CancellationTokenSource _draining = new();

    /// <summary>Null when ready; else why not, in words for an operator.</summary>
    public string? NotReady => IsDraining ? "shutting down" : engine.NotReady;

    public bool IsDraining => _draining.IsCancellationRequested;

    /// <summary>Fires once, when the process begins to shut down.</summary>
    public CancellationToken Draining => _draining.Token;

    /// <summary>From now on new work is refused and streams are ended; what was taken is finished.</summary>
    public void BeginDrain() => _draining.Cancel();

    public void Dispose() => _draining.Dispose();
}
