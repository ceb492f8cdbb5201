using Footprint.Grid.Api.Auth;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Options;

/// <summary>What every executable can be told.</summary>
internal sealed record ProcessOptions
{
    /// <summary>A given development key; null when none was.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What links are signed with, as a file had it; null when none was named.</summary>
    public byte[]? Secret { get; init; }

    /// <summary>Null when telemetry is not sent anywhere.</summary>
    public Uri? Otlp { get; init; }

    public bool OtlpOverHttp { get; init; }

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
}
