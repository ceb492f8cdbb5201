using Footprint.Grid.Api.DecisionLog;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Embedded;

namespace Footprint.Grid.Node.Options;

/// <summary>What the node was told, read and checked as a whole.</summary>
internal sealed record NodeOptions
{
    public required ProcessOptions Process { get; init; }

    public required EndpointOptions Endpoints { get; init; }

    public required string DataFolder { get; init; }

    public required StoreKind Store { get; init; }

    /// <summary>Set when the store is Redis.</summary>
    public HostAddress? Redis { get; init; }

    /// <summary>Null when decisions are not logged.</summary>
    public DecisionLogOptions? DecisionLog { get; init; }

    public required int ResidentProfiles { get; init; }

    /// <summary>By their stored size.</summary>
    public required long ResidentBytes { get; init; }
}
