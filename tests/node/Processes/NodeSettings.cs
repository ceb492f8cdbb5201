namespace Footprint.Grid.Node.Tests.Processes;

/// <summary>How a node is started; the same settings started again are the same node after a restart.</summary>
internal sealed class NodeSettings
{
    /// <summary>The built node beside these tests' own output, or the one that FOOTPRINT_NODE names.</summary>
    public static string Program { get; } = System.Environment.GetEnvironmentVariable("FOOTPRINT_NODE") is { Length: > 0 } path
        ? path
        : BuiltProgram.Path("Node");

    public required string Data { get; init; }

    public string Key { get; init; } = "test-key-" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public Uri Http { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public Uri Grpc { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public IReadOnlyList<string> More { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public WireTarget Target => new(Http, Grpc, Key);

    public IEnumerable<string> Arguments =>
        ["--http", Http.Authority, "--grpc", Grpc.Authority, "--data", Data, "--api-key", Key, .. More];
}
