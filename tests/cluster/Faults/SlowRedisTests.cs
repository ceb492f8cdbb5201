using System.Diagnostics;
using Footprint.Grid.V1;
using Xunit.Abstractions;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>A decision for a client in memory waits for no store.</summary>
[Collection(FaultClusterGroup.Name)]
public sealed class SlowRedisTests(FaultCluster cluster, ITestOutputHelper output)
{
    // A pick that waited for Redis would take hundreds of times its usual time; a busy machine alone makes it a few times that.
    private const double MostTimesSlower = 5;
    private const int Rounds = 5;
    private const int Callers = 6;
    private const int PicksOfCaller = 60;
    private static readonly TimeSpan _delay = TimeSpan.FromMilliseconds(200);

    [ProgramFact(RedisProcess.Program)]
    public Task Redis_SlowedBy200Ms_DoesNotSlowPicksOfWarmClients() => cluster.RunAsync(async () =>
    {
        using var first = cluster.Processes.Client(0);
        using var second = cluster.Processes.Client(1);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(n => WarmUpAsync(first, n)));
        await QuantileAsync([first, second]);
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            cluster.Proxy.Delay = TimeSpan.Zero;
            var usual = await QuantileAsync([first, second]);
            cluster.Proxy.Delay = _delay;
            var slowed = await QuantileAsync([first, second]);
            ratios.Add(slowed / usual);
            output.WriteLine($"round {round}: p99 {usual:F2} ms, with slow Redis {slowed:F2} ms");
        }

        ratios.Sort();
        var median = ratios[Rounds / 2];
        output.WriteLine($"median ratio {median:F2}");
        Assert.True(median <= MostTimesSlower, $"picks were slower by {string.Join(", ", ratios.Select(ratio => $"{ratio:F2}"))} in {Rounds} rounds");
    });

    private static async Task WarmUpAsync(GrpcClient client, int caller)
    {
        var request = new RecordRequest { Events = { new FootprintEvent { ClientId = Id(caller), Type = "view", ItemId = "slow-item" } } };
        await client.CallAsync("/footprint.grid.v1.Ingest/Record", request, RecordResponse.Parser);
    }

    /// <summary>The 99th percentile of a pick's time in milliseconds, of a number of callers at once.</summary>
    private static async Task<double> QuantileAsync(GrpcClient[] clients)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, Callers).Select(n => PickAsync(clients[n % clients.Length], n)));
        var all = times.SelectMany(one => one).Order().ToArray();
        return all[all.Length * 99 / 100];
    }

    private static async Task<List<double>> PickAsync(GrpcClient client, int caller)
    {
        var times = new List<double>(PicksOfCaller);
        for (var n = 0; n < PicksOfCaller; n++)
        {
            var start = Stopwatch.GetTimestamp();
            var request = new PickContentRequest { ClientId = Id(caller), Placement = "home" };
            var picked = await client.CallAsync("/footprint.grid.v1.Decisions/PickContent", request, PickContentResponse.Parser);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Assert.Equal(1ul, picked.ProfileVersion);
        }

        return times;
    }

    private static string Id(int caller) => $"slow-{caller}";
}
