using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Embedded;

/// <summary>Where the engine stands between its start and its end, and what keeps it from working well meanwhile.</summary>
internal sealed class EngineLife(Committer committer) : IEngineHealth
{
    private volatile string? _notRunning = "The engine has not been started yet.";
    private volatile string? _broken;

    public string? NotReady => _notRunning ?? _broken ?? committer.Problem;

    public void ThrowUnlessRunning()
    {
        if (_notRunning is { } why)
        {
            throw new GridException(Code.Unavailable, why);
        }
    }

    public void Started() => _notRunning = null;

    public void Stopping() => _notRunning = "The node is shutting down.";

    /// <summary>A part that must run to the end stopped; only a restart helps.</summary>
    public void Broke(string what) => _broken = what;
}
