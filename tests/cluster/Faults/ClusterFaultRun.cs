using Google.Rpc;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>
/// Callers that stream durable events through both gateways in turn, and go on after a stream broke. Errors may last for 20
/// seconds: whatever fails is tried again once a second, and at most so many tries in a row may fail. Seconds in which the
/// whole machine stands still do not count.
/// </summary>
internal sealed class ClusterFaultRun : FaultRun
{
    private const int MostFailedInARow = 20;
    private const int MessagesOfStream = 12;
    private const int Probes = 12;
    private static readonly TimeSpan _betweenTries = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _betweenStreams = TimeSpan.FromMilliseconds(100);

    private readonly FaultCluster _cluster;
    private readonly GrpcClient[] _gateways;
    private int _acks;
    private int _alone;

    public ClusterFaultRun(string name, int seed, FaultCluster cluster)
        : base(name, seed, clients: 300, writers: 6, asksAgain: true)
    {
        _cluster = cluster;
        _gateways = [.. cluster.Processes.Gateways.Select((_, n) => cluster.Processes.Client(n))];
    }

    /// <summary>The most tries in a row that failed so far.</summary>
    public int MostFailed { get; private set; }

    /// <summary>Streams while something is done to the cluster, then on to the good end of every stream.</summary>
    public async Task StreamAsync(Func<Task> faults)
    {
        using var stop = new CancellationTokenSource();
        var streaming = Task.WhenAll(Writers.Select((writer, n) => KeepStreamingAsync(writer, n, stop.Token)));
        try
        {
            var doing = faults();
            await await Task.WhenAny(doing, streaming);
            await doing;
        }
        finally
        {
            await stop.CancelAsync();
            await streaming.Within("all streams end well", 2 * Patience.Seconds);
        }
    }

    /// <summary>Lets a number of messages that the seed names be acknowledged.</summary>
    public Task WaitForAcksAsync()
    {
        var target = Volatile.Read(ref _acks) + 30 + Random.Next(170);
        return Patience.Until(() => Volatile.Read(ref _acks) >= target, "enough acks for the fault to strike");
    }

    public async Task KillAsync(params GridMember[] members)
    {
        History.Add(new HistoryLine(HistoryLine.Killed));
        await Task.WhenAll(members.Select(member => member.KillAsync()));
    }

    public async Task StartAsync(params GridMember[] members)
    {
        await Task.WhenAll(members.Select(member => member.StartAsync()));
        History.Add(new HistoryLine(HistoryLine.Restarted));
    }

    public GridMember AnySilo() => _cluster.Processes.Silos[Random.Next(_cluster.Processes.Silos.Count)];

    public bool Toss() => Random.Next(2) == 0;

    /// <summary>Writes to some clients until all of these writes are acknowledged.</summary>
    public async Task RecoverAsync(int mostFailed = MostFailedInARow)
    {
        var events = Enumerable.Range(0, Probes).Select(_ => NextAlone()).ToList();
        await Task.WhenAll(events.Select((one, n) => InsistAsync(one, n, mostFailed)));
    }

    /// <summary>One durable event of some client, with a second's time.</summary>
    public Task<GrpcReply?> TryRecordAsync(int gateway) => TryRecordAsync(_gateways[gateway % _gateways.Length], NextAlone(), "1S");

    /// <summary>Has all up again, looks at every client from both gateways and where it is kept, and lets the checker judge.</summary>
    public async Task AssertNothingLostOrTwiceAsync()
    {
        await _cluster.MendAsync();
        await Patience.Until(IsEachHostedOnceAsync, "no client is in the memory of two silos");
        var hosts = await _cluster.View.HostsAsync();
        foreach (var client in Clients.Ids)
        {
            History.Add(new HistoryLine(HistoryLine.Hosted) { Client = client, Hosts = [.. hosts[client].Select(port => $"silo:{port}")] });
        }

        foreach (var gateway in _gateways)
        {
            await ObserveAsync(gateway);
        }

        AssertNothingLostOrTwice();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var gateway in _gateways)
            {
                gateway.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private async Task<bool> IsEachHostedOnceAsync()
    {
        var hosts = await _cluster.View.HostsAsync();
        return Clients.Ids.All(client => hosts[client].Count() <= 1);
    }

    private HistoryEvent NextAlone()
    {
        var client = Clients.Draw(Random) ?? throw new InvalidOperationException("all clients are full");
        var id = $"alone{_alone++}";
        return new HistoryEvent(id, client, "view", "item-" + id);
    }

    private async Task InsistAsync(HistoryEvent one, int gateway, int mostFailed)
    {
        for (var failed = 0; ;)
        {
            var pace = Task.Delay(_betweenTries);
            if (await TryRecordAsync(_gateways[(gateway + failed) % _gateways.Length], one, "1S") is not { } refused)
            {
                return;
            }

            Count(++failed, refused, mostFailed, one.Id);
            await pace;
        }
    }

    private async Task KeepStreamingAsync(FaultWriter writer, int gateway, CancellationToken stop)
    {
        var failed = 0;
        for (var n = gateway; failed > 0 || writer.HasRejected || !stop.IsCancellationRequested; n++)
        {
            // On a slow machine silos take long to start, and there must be room for events until the end.
            var isSlow = Clients.AreHalfFull;
            var pace = Task.Delay(failed > 0 || isSlow ? _betweenTries : _betweenStreams, CancellationToken.None);
            var end = await writer.RunAsync(_gateways[n % _gateways.Length], isSlow ? 1 : MessagesOfStream, () => Interlocked.Increment(ref _acks));
            if (end?.Code == Code.Ok)
            {
                failed = 0;
            }
            else
            {
                Count(++failed, end, MostFailedInARow, "a stream");
            }

            await pace;
        }
    }

    private void Count(int failed, GrpcReply? refused, int most, string what)
    {
        Assert.True(refused?.Code is null or Code.Unavailable or Code.DeadlineExceeded, $"{what} ended with {refused}");
        Assert.True(failed <= most, $"{what} failed {failed} times in a row, at last with {refused?.ToString() ?? "a broken connection"}");
        lock (_gateways)
        {
            MostFailed = Math.Max(MostFailed, failed);
        }
    }
}
