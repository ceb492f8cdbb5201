using Footprint.Grid.Conformance;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Footprint.Grid.Embedded.Tests;

/// <summary>The embedded engine on some store, which can be made to fail.</summary>
internal sealed class EmbeddedHarness : IEngineHarness
{
    private readonly Func<IGridStore> _open;
    private readonly EmbeddedOptions _options;
    private readonly Action _cleanUp;

    private EmbeddedHarness(Func<IGridStore> open, EmbeddedOptions options, Action cleanUp)
    {
        (_open, _options, _cleanUp) = (open, options, cleanUp);
        Host = null!;
    }

    public EngineHost Host { get; private set; }

    public IGridStore Store { get; private set; } = null!;

    public StoreFaults Faults { get; } = new();

    public ShiftedTime Time { get; } = new();

    public IClientEngine Clients => Host.Clients;

    public IDefinitionsEngine Definitions => Host.Definitions;

    public IReportsEngine Reports => Host.Reports;

    public IEngineHealth Health => Host.Health;

    public static EmbeddedOptions SmallOptions() => new()
    {
        Store = StoreKind.Memory,
        MaxResidentProfiles = 64,
        Tenants =
        {
            ["other"] = new(ConsentRegime.OptOut) { Countries = new Dictionary<string, ConsentRegime> { ["DE"] = ConsentRegime.OptIn } },
            ["strict"] = new(ConsentRegime.OptIn),
        },
    };

    public static async Task<EmbeddedHarness> StartAsync(Func<IGridStore> open, EmbeddedOptions? options = null, Action? cleanUp = null)
    {
        var harness = new EmbeddedHarness(open, options ?? SmallOptions(), cleanUp ?? (() => { }));
        await harness.StartAsync();
        return harness;
    }

    public async Task RestartAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        await StartAsync();
    }

    public async Task KillAsync()
    {
        await Host.KillAsync();
        await StartAsync();
    }

    public async Task<int> SweepAsync(string tenant) => await Host.SweepAsync(CancellationToken.None) ?? throw new InvalidOperationException("The sweep was broken off.");

    public void SetStoreDown(bool isDown) => Faults.IsDown = isDown;

    public void SetStoreUnsure(bool isUnsure) => Faults.IsUnsure = isUnsure;

    public async ValueTask DisposeAsync()
    {
        Faults.IsDown = false;
        Faults.IsUnsure = false;
        Faults.Resume();
        await Host.DisposeAsync();
        _cleanUp();
    }

    public async Task StartAsync()
    {
        Store = _open();
        Host = new EngineHost(_options, new FaultyStore(Store, Faults), Time, NullLoggerFactory.Instance, seed: 7);
        await Host.StartAsync(CancellationToken.None);
    }
}
