namespace Footprint.Grid.Api.Limits;

/// <summary>What one tenant has under way, and how fast it may send.</summary>
internal sealed class TenantLoad
{
    public TenantLoad(string tenant, LimitOptions options, TimeProvider time)
    {
        options.Tenants.TryGetValue(tenant, out var own);
        Tenant = tenant;
        Rate = new TokenBucket(own?.Rate ?? options.TenantRate, own?.Burst ?? options.TenantBurst, time);
        Calls = new Slots(own?.Concurrency ?? options.TenantConcurrency);
        Streams = new Slots(own?.Streams ?? options.TenantStreams);
    }

    public string Tenant { get; }

    public TokenBucket Rate { get; }

    public Slots Calls { get; }

    public Slots Streams { get; }
}
