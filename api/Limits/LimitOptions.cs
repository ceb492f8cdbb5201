namespace Footprint.Grid.Api.Limits;

/// <summary>When calls are shed with <c>RESOURCE_EXHAUSTED</c>, before their body is read.</summary>
public sealed class LimitOptions
{
    /// <summary>Calls, or messages of a stream, that one tenant may send per second in the long run; above 0.</summary>
    public double TenantRate { get; set; } = 1_000_000;

    /// <summary>How many may come at once after a pause; at least 1.</summary>
    public int TenantBurst { get; set; } = 1_000_000;

    /// <summary>Unary calls of one tenant in work at once; at least 1.</summary>
    public int TenantConcurrency { get; set; } = 10_000;

    /// <summary>Streams of one tenant at once; at least 1.</summary>
    public int TenantStreams { get; set; } = 1_000;

    /// <summary>Unary calls of all tenants in work at once; at least 1.</summary>
    public int Concurrency { get; set; } = 20_000;

    /// <summary>Streams of all tenants, and of nobody, at once; at least 1.</summary>
    public int Streams { get; set; } = 5_000;

    /// <summary>Rates and bounds of single tenants, instead of those above.</summary>
    public IDictionary<string, TenantLimitOptions> Tenants { get; set; } = new Dictionary<string, TenantLimitOptions>(StringComparer.Ordinal);
}
