using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Rpc;
using Xunit.Abstractions;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>SIGTERM to one silo after the other while requests come, as a rolling update does.</summary>
[Collection(FaultClusterGroup.Name)]
public sealed class RollingRestartTests(FaultCluster cluster, ITestOutputHelper output)
{
    private const int Callers = 6;
    private const int ClientsOfCaller = 30;

    // What a caller that is told UNAVAILABLE does by itself: the same request again, a little later.
    private const int MostRetries = 3;
    private static readonly TimeSpan _betweenTries = TimeSpan.FromMilliseconds(100);

    private int _requests;
    private int _retried;

    [ProgramFact(RedisProcess.Program)]
    public Task Restart_OfAllSilosInTurn_FailsNoRequestBeyondTheRetried() => cluster.RunAsync(async () =>
    {
        using var stop = new CancellationTokenSource();
        using var first = cluster.Processes.Client(0);
        using var second = cluster.Processes.Client(1);
        var calling = Task.WhenAll(Enumerable.Range(0, Callers).Select(n => CallAsync([first, second], n, stop.Token)));
        foreach (var silo in cluster.Processes.Silos)
        {
            var before = Volatile.Read(ref _requests);
            await Patience.Until(() => Volatile.Read(ref _requests) > before + 100 || calling.IsCompleted, "requests go on");
            var exit = await silo.TerminateAsync();
            Assert.True(exit == 0, $"{silo.Name} ended with {exit}");
            await silo.StartAsync();
        }

        await stop.CancelAsync();
        var recorded = await calling.Within("the last requests end");
        output.WriteLine($"{_requests} requests, {_retried} of them tried more than once");
        for (var caller = 0; caller < Callers; caller++)
        {
            await AssertAllThereAsync(first, caller, recorded[caller]);
        }
    });

    /// <summary>Records and picks until it is told to stop; gives how many events each client has.</summary>
    private async Task<ulong[]> CallAsync(GrpcClient[] gateways, int caller, CancellationToken stop)
    {
        var random = new Random(caller);
        var recorded = new ulong[ClientsOfCaller];
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var client = random.Next(ClientsOfCaller);
            var record = new RecordRequest
            {
                Ack = RecordRequest.Types.Ack.Durable,
                Events = { new FootprintEvent { EventId = $"roll-{caller}-{n}", ClientId = Id(caller, client), Type = "view" } },
            };
            await AskAsync(gateways[random.Next(gateways.Length)], "/footprint.grid.v1.Ingest/Record", record);
            recorded[client]++;
            var pick = new PickContentRequest { ClientId = Id(caller, client), Placement = "home" };
            await AskAsync(gateways[random.Next(gateways.Length)], "/footprint.grid.v1.Decisions/PickContent", pick);
        }

        return recorded;
    }

    private async Task AskAsync(GrpcClient gateway, string method, IMessage request)
    {
        Interlocked.Increment(ref _requests);
        for (var tries = 0; ; tries++)
        {
            var reply = await gateway.TryAsync(method, request).Within($"{method} is answered");
            if (reply.Code == Code.Ok)
            {
                Interlocked.Add(ref _retried, tries > 0 ? 1 : 0);
                return;
            }

            Assert.True(reply.Code == Code.Unavailable && tries < MostRetries, $"{method}, try {tries + 1}: {reply.Code} {reply.Message}");
            await Task.Delay(_betweenTries);
        }
    }

    private static async Task AssertAllThereAsync(GrpcClient gateway, int caller, ulong[] recorded)
    {
        for (var client = 0; client < ClientsOfCaller; client++)
        {
            if (recorded[client] > 0)
            {
                var profile = await gateway.CallAsync(
                    "/footprint.grid.v1.Profiles/GetProfile", new GetProfileRequest { ClientId = Id(caller, client) }, Profile.Parser);
                Assert.Equal(recorded[client], Assert.Single(profile.Counters).Total);
            }
        }
    }

    private static string Id(int caller, int client) => $"roll-{caller}-{client}";
}
