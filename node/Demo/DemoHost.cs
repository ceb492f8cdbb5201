using Footprint.Grid.Embedded;
using Footprint.Grid.Engine;

namespace Footprint.Grid.Node.Demo;

/// <summary>A grid of its own for the demo: the embedded engine in memory, nothing listening, nothing kept.</summary>
internal static class DemoHost
{
    /// <summary>Ends after <paramref name="length"/> or when told to, either way without an error.</summary>
    public static async Task RunAsync(IDemoView view, TimeSpan length, TimeSpan pause, int seed, CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Footprint.Grid.Demo" });
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMetrics();
        builder.Services.AddEmbeddedEngine(new EmbeddedOptions { Store = StoreKind.Memory });
        using var host = builder.Build();
        await host.StartAsync(CancellationToken.None);
        var simulation = new DemoSimulation(
            host.Services.GetRequiredService<IClientEngine>(),
            host.Services.GetRequiredService<IDefinitionsEngine>(),
            host.Services.GetRequiredService<TimeProvider>(),
            seed);
        await view.ShowAsync(UntilStopped(simulation.RunAsync(length, pause, stop)));
        await host.StopAsync(CancellationToken.None);
    }

    private static async IAsyncEnumerable<DemoFrame> UntilStopped(IAsyncEnumerable<DemoFrame> frames)
    {
        await using var each = frames.GetAsyncEnumerator();
        while (await MoveAsync(each))
        {
            yield return each.Current;
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<DemoFrame> frames)
    {
        try
        {
            return await frames.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Signals belong to the command, which tells by its token.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
