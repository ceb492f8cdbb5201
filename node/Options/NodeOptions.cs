using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.Limits;
using Footprint.Grid.Embedded;

namespace Footprint.Grid.Node.Options;

/// <summary>What the node was told, read and checked as a whole.</summary>
internal sealed record NodeOptions
{
    public required ListenAddress Http { get; init; }

    public required ListenAddress Grpc { get; init; }

    public required string DataFolder { get; init; }

    public required StoreKind Store { get; init; }

    /// <summary>Set when the store is Redis.</summary>
    public HostAddress? Redis { get; init; }

    /// <summary>A given development key; null when none was.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Null when telemetry is not sent anywhere.</summary>
    public Uri? Otlp { get; init; }

    public bool OtlpOverHttp { get; init; }

    public TlsFiles? Tls { get; init; }

    public required int ResidentProfiles { get; init; }

    /// <summary>By their stored size.</summary>
    public required long ResidentBytes { get; init; }

    public required LimitOptions Limits { get; init; }

    public required int MaxMessageBytes { get; init; }

    public required TimeSpan ShutdownTimeout { get; init; }

    /// <summary>The part of a shutdown for calls and streams to end.</summary>
    public TimeSpan DrainTimeout => ShutdownTimeout / 2;

    /// <summary>The part for what is not saved yet; the drain comes before it.</summary>
    public TimeSpan SaveTimeout => ShutdownTimeout / 2;

    public required bool JsonLogs { get; init; }

    public required LogLevel LogLevel { get; init; }

    public required IReadOnlyList<ApiKeyOptions> Keys { get; init; }

    /// <summary>The tenant <c>default</c> is always among them.</summary>
    public required IReadOnlyList<TenantOptions> Tenants { get; init; }

    public bool LoopbackOnly => Http.IsLoopback && Grpc.IsLoopback;
}
