namespace Footprint.Grid.Cluster.Tests.Processes;

/// <summary>How a silo or a gateway is started; the same settings started again are the same process after a restart.</summary>
internal sealed record MemberSettings(string Name, string Program)
{
    public int SiloPort { get; } = FreePort.Next();

    public int OrleansPort { get; } = FreePort.Next();

    public Uri Health { get; } = Address();

    public Uri Http { get; } = Address();

    public Uri Grpc { get; } = Address();

    public bool IsGateway => Program == "Gateway";

    public IEnumerable<string> Arguments(string redis)
    {
        List<string> all =
        [
            "--redis", redis, "--silo-port", $"{SiloPort}", "--orleans-port", $"{OrleansPort}", "--health", Health.Authority,
        ];
        if (IsGateway)
        {
            all.AddRange(["--http", Http.Authority, "--grpc", Grpc.Authority]);
        }

        return all;
    }

    private static Uri Address() => new($"http://127.0.0.1:{FreePort.Next()}");
}
