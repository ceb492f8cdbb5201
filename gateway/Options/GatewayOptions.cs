using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Gateway.Options;

/// <summary>What the gateway was told, read and checked as a whole.</summary>
internal sealed record GatewayOptions
{
    public required JoinMode Join { get; init; }

    public required string DataFolder { get; init; }

    public required ProcessOptions Process { get; init; }

    public required EndpointOptions Endpoints { get; init; }

    public required ClusterOptions Cluster { get; init; }

    /// <summary>Only for a gateway that joins as a member or a silo.</summary>
    public required MemberOptions Member { get; init; }

    public required HealthOptions Health { get; init; }

    /// <summary>Nobody configured keys: what is needed to open it is kept in the data folder.</summary>
    public bool IsForDevelopment => Process.Keys.Count == 0 && Process.ApiKey is null;

    /// <summary>Only for a gateway that joins as a silo.</summary>
    public required HostingOptions Hosting { get; init; }
}
