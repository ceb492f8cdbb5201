namespace Footprint.Grid.Api.Limits;

/// <summary>Limits of one tenant; what is absent is as <see cref="LimitOptions"/> says.</summary>
public sealed class TenantLimitOptions
{
    public double? Rate { get; set; }

    public int? Burst { get; set; }

    public int? Concurrency { get; set; }

    public int? Streams { get; set; }
}
