using System.Security.Cryptography;

namespace Footprint.Grid.Cluster.Tests.Processes;

/// <summary>
/// A whole cluster of real processes on free ports of loopback: redis-server with every write on disk before it answers, silos,
/// gateways. Each can be killed, asked to leave and started again. <see cref="RunAsync"/> puts everybody's last words into the
/// message of what went wrong; FOOTPRINT_TEST_LOGS names a folder to keep all of them in.
/// </summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private const int LastLines = 25;

    private readonly TempFolder _folder = new();
    private readonly ClusterShape _shape;

    private ClusterProcesses(ClusterShape shape, RedisProcess? redis)
    {
        _shape = shape;
        Redis = redis!;
        Silos = [.. Enumerable.Range(1, shape.Silos).Select(n => Member(new MemberSettings($"silo{n}", "Silo"), shape.SiloArguments))];
        Gateways =
        [
            .. Enumerable.Range(1, shape.Gateways)
                .Select(n => Member(new MemberSettings($"gateway{n}", "Gateway"), ["--join", shape.Join, .. shape.GatewayArguments])),
        ];
    }

    /// <summary>Opens the tenant default with all scopes.</summary>
    public string Key { get; } = "test-key-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    public RedisProcess Redis { get; private set; }

    public IReadOnlyList<GridMember> Silos { get; }

    public IReadOnlyList<GridMember> Gateways { get; }

    /// <summary>Where callers find a gateway.</summary>
    public WireTarget Target(int gateway = 0) => new(Gateways[gateway].Settings.Http, Gateways[gateway].Settings.Grpc, Key);

    /// <summary>A gRPC client of a gateway.</summary>
    public GrpcClient Client(int gateway = 0) => new(Gateways[gateway].Settings.Grpc, Key);

    /// <summary>Starts everything and waits until all are ready.</summary>
    /// <param name="redis">One that runs already; it is not stopped with the cluster.</param>
    public static async Task<ClusterProcesses> StartAsync(ClusterShape? shape = null, RedisProcess? redis = null)
    {
        var cluster = new ClusterProcesses(shape ?? new ClusterShape(), redis);
        try
        {
            cluster.Redis ??= await RedisProcess.StartAsync(cluster._folder.Path);
            await StartAsync(cluster.Silos);
            await StartAsync(cluster.Gateways);
            return cluster;
        }
        catch (Exception fault)
        {
            var words = cluster.LastWords();
            await cluster.DisposeAsync();
            throw new InvalidOperationException($"{fault.Message}\n{words}", fault);
        }
    }

    /// <summary>Runs a part of a test; what goes wrong in it is told together with what the processes last said.</summary>
    public async Task RunAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{fault.Message}\n{LastWords()}", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        KeepLogs();
        foreach (var member in Gateways.Concat(Silos))
        {
            await member.DisposeAsync();
        }

        if (Redis is { } redis && redis.Folder == _folder.Path)
        {
            await redis.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>What everybody said last.</summary>
    public string LastWords() => string.Join('\n', Silos.Concat(Gateways).Select(member =>
        $"=== {member.Name} ({(member.IsRunning ? "runs" : "ended")})\n{string.Join('\n', member.Output.Split('\n').TakeLast(LastLines))}"));

    private static async Task StartAsync(IEnumerable<GridMember> members)
    {
        var all = members.ToList();
        all.ForEach(member => member.Launch());
        await Task.WhenAll(all.Select(member => member.Process.ReadyAsync()));
    }

    private GridMember Member(MemberSettings settings, IReadOnlyList<string> more)
    {
        // The key goes by the environment: arguments are seen by everybody on the machine.
        var environment = new Dictionary<string, string>(_shape.Environment) { ["FOOTPRINT_API_KEY"] = Key };
        return new GridMember(settings, () => new HostProcess(
            settings.Name, BuiltProgram.Path(settings.Program), [.. settings.Arguments(_shape.RedisAddress ?? Redis.Address), .. more], environment, settings.Health, _folder.Path));
    }

    private void KeepLogs()
    {
        if (Environment.GetEnvironmentVariable("FOOTPRINT_TEST_LOGS") is not { Length: > 0 } folder)
        {
            return;
        }

        var own = Directory.CreateDirectory(Path.Combine(folder, Path.GetFileName(_folder.Path)));
        foreach (var member in Silos.Concat(Gateways))
        {
            File.WriteAllText(Path.Combine(own.FullName, member.Name + ".log"), member.Output);
        }
    }
}
