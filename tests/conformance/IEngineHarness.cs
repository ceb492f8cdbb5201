using Footprint.Grid.Engine;

namespace Footprint.Grid.Conformance;

/// <summary>
/// An engine under test. It serves the tenants <c>default</c> and <c>other</c> (opt-out) and <c>strict</c> (opt-in), for
/// clients of <c>other</c> in Germany opt-in, and keeps at most 64 profiles in memory.
/// </summary>
public interface IEngineHarness : IAsyncDisposable
{
    /// <summary>The engine as of the last start.</summary>
    IClientEngine Clients { get; }

    IDefinitionsEngine Definitions { get; }

    IReportsEngine Reports { get; }

    IEngineHealth Health { get; }

    /// <summary>The engine's clock: the system's until it is put forward. Timers take no notice of that.</summary>
    ShiftedTime Time { get; }

    /// <summary>One sweep over a tenant's clients, to its end; gives how many it changed.</summary>
    Task<int> SweepAsync(string tenant);

    /// <summary>Shuts the engine down in an orderly way and starts it again on the same store.</summary>
    Task RestartAsync();

    /// <summary>Ends the engine with nothing saved that was not durable already, and starts it again on the same store.</summary>
    Task KillAsync();

    /// <summary>From now on every call to the store fails (down) or works again.</summary>
    void SetStoreDown(bool isDown);

    /// <summary>From now on writes reach the store and are then reported as failed, or work again.</summary>
    void SetStoreUnsure(bool isUnsure);
}
