namespace Footprint.Grid.Api.Options;

/// <summary>How a process that hosts clients keeps them.</summary>
/// <param name="Retention">Null keeps profiles for good.</param>
internal sealed record HostingOptions(TimeSpan IdleAfter, TimeSpan? Retention, TimeSpan SweepEvery)
{
    public static HostingOptions Read(OptionReader reader)
    {
        var days = reader.Number(ClusterRows.RetentionDays);
        return new HostingOptions(
            TimeSpan.FromMinutes(reader.Number(ClusterRows.IdleMinutes)),
            days == 0 ? null : TimeSpan.FromDays(days),
            TimeSpan.FromHours(reader.Number(ClusterRows.SweepHours)));
    }
}
