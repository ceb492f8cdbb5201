using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Gateway.Options;

/// <summary>What the gateway was told, read and checked as a whole.</summary>
internal sealed record GatewayOptions
{
    public required JoinMode Join { get; init; }

    public string DataFolder => Hosting.DataFolder;

    public required ProcessOptions Process { get; init; }

    public required EndpointOptions Endpoints { get; init; }

    public required ClusterOptions Cluster { get; init; }

    /// <summary>Only for a gateway that joins as a member or a silo.</summary>
    public required MemberOptions Member { get; init; }

    public required HealthOptions Health { get; init; }

    /// <summary>Nobody configured keys: what is needed to open it is kept in the data folder.</summary>
    public bool IsForDevelopment => Process.Keys.Count == 0 && Process.ApiKey is null;

    /// <summary>Whether a secret is made in the data folder when none is given.</summary>
    public bool HasOwnSecret => IsForDevelopment || Join == JoinMode.Silo;

    /// <summary>Only for a gateway that joins as a silo, but for the data folder.</summary>
    public required HostingOptions Hosting { get; init; }
}
