using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Silo.Options;

/// <summary>What the silo was told, read and checked as a whole.</summary>
internal sealed record SiloOptions
{
    public required ProcessOptions Process { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public required MemberOptions Member { get; init; }

    public required HealthOptions Health { get; init; }

    public required HostingOptions Hosting { get; init; }

    /// <summary>The dashboard tells of single clients, so it is there only where somebody can show a key for it.</summary>
    public bool HasDashboard => Process.Keys.Count > 0 || Process.ApiKey is not null;
}
