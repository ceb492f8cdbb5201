namespace Footprint.Grid.Api.Options;

/// <summary>The listener for probes and metrics.</summary>
internal sealed record HealthOptions(ListenAddress Listen, bool OpenMetrics)
{
    public static HealthOptions Read(OptionReader reader, OptionRow row, ProcessOptions process)
    {
        var listen = reader.Listen(row);
        if (!listen.IsLoopback && process.ApiKey is not null)
        {
            reader.Refuse(
                row, reader.Find(row)!.Value, $"{listen} can be reached from other machines, and --api-key is for development",
                "a loopback address, or no --api-key beside the configured keys");
        }

        return new HealthOptions(listen, reader.Choice(ClusterRows.MetricsAccess) == "anybody");
    }
}
