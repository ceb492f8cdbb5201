using Footprint.Grid.Api.Limits;

namespace Footprint.Grid.Api.Options;

/// <summary>Reads what the serving of the API can be told.</summary>
internal static class EndpointOptionsReader
{
    public static EndpointOptions Read(OptionReader reader, ProcessOptions process)
    {
        var options = new EndpointOptions
        {
            Http = reader.Listen(HostRows.Http),
            Grpc = reader.Listen(HostRows.Grpc),
            Tls = TlsFilesReader.Read(reader),
            Limits = ReadLimits(reader),
            MaxMessageBytes = reader.Number(HostRows.MaxMessageBytes),
        };
        RefuseOpen(reader, process, HostRows.Http, options.Http);
        RefuseOpen(reader, process, HostRows.Grpc, options.Grpc);
        RefuseSame(reader, HostRows.Http, options.Http, HostRows.Grpc, options.Grpc);
        return options;
    }

    /// <summary>Two listeners of one process cannot share an address.</summary>
    public static void RefuseSame(OptionReader reader, OptionRow first, ListenAddress one, OptionRow second, ListenAddress other)
    {
        if (one.Port != 0 && one == other)
        {
            reader.Refuse(
                second, reader.Find(second)!.Value, $"{other} is also the address of {first.Flag}", "an address or a port of its own");
        }
    }

    private static LimitOptions ReadLimits(OptionReader reader)
    {
        var rate = reader.Number(HostRows.TenantRate);
        return new LimitOptions
        {
            TenantRate = rate,
            TenantBurst = rate,
            TenantConcurrency = reader.Number(HostRows.TenantConcurrency),
            TenantStreams = reader.Number(HostRows.TenantStreams),
            Concurrency = reader.Number(HostRows.Concurrency),
            Streams = reader.Number(HostRows.Streams),
        };
    }

    // A development key may do everything and is known to whoever reads the terminal, so it never leaves the machine.
    private static void RefuseOpen(OptionReader reader, ProcessOptions process, OptionRow row, ListenAddress address)
    {
        if (address.IsLoopback)
        {
            return;
        }

        if (process.Keys.Count == 0)
        {
            reader.Refuse(
                row, reader.Find(row)!.Value, $"{address} can be reached from other machines, and no keys are configured",
                "a loopback address, or keys under Footprint:Keys in appsettings (see: hash-key)");
        }
        else if (process.ApiKey is not null)
        {
            reader.Refuse(
                row, reader.Find(row)!.Value, $"{address} can be reached from other machines, and --api-key is for development",
                "a loopback address, or no --api-key beside the configured keys");
        }
    }
}
