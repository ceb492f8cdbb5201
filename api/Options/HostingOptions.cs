namespace Footprint.Grid.Api.Options;

/// <summary>How a process that hosts clients keeps them.</summary>
internal sealed record HostingOptions(TimeSpan IdleAfter, TimeSpan SweepEvery)
{
    public static HostingOptions Read(OptionReader reader) => new(
        TimeSpan.FromMinutes(reader.Number(ClusterRows.IdleMinutes)), TimeSpan.FromHours(reader.Number(ClusterRows.SweepHours)));
}
