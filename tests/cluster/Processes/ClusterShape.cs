namespace Footprint.Grid.Cluster.Tests.Processes;

/// <summary>How large a cluster is and what its processes are told.</summary>
internal sealed record ClusterShape
{
    public int Silos { get; init; } = 3;

    public int Gateways { get; init; } = 2;

    /// <summary>How gateways reach the clients: client, member, silo.</summary>
    public string Join { get; init; } = "client";

    /// <summary>Where all processes find Redis; null when straight at its own address.</summary>
    public string? RedisAddress { get; init; }

    /// <summary>More arguments of every silo.</summary>
    public IReadOnlyList<string> SiloArguments { get; init; } = [];

    /// <summary>More arguments of every gateway.</summary>
    public IReadOnlyList<string> GatewayArguments { get; init; } = [];

    /// <summary>Variables of all processes, for keys and tenants.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
