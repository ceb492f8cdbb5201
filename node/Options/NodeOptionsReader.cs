using Footprint.Grid.Api.Limits;
using Footprint.Grid.Embedded;

namespace Footprint.Grid.Node.Options;

/// <summary>Turns what the sources say into options, or tells everything that is wrong with it.</summary>
internal static class NodeOptionsReader
{
    public static OptionsResult Read(OptionSources sources)
    {
        var reader = new OptionReader(sources);
        foreach (var fault in sources.UnknownSettings())
        {
            reader.Add(fault);
        }

        var tenants = TenantListReader.Read(reader, sources);
        var keys = KeyListReader.Read(reader, sources, tenants);
        var (store, redis) = ReadStore(reader);
        var options = new NodeOptions
        {
            Http = reader.Listen(OptionTable.Http),
            Grpc = reader.Listen(OptionTable.Grpc),
            DataFolder = ReadDataFolder(reader, store),
            Store = store,
            Redis = redis,
            ApiKey = ReadApiKey(reader),
            Otlp = ReadOtlp(reader),
            OtlpOverHttp = reader.Choice(OptionTable.OtlpProtocol) == "http",
            Tls = TlsFilesReader.Read(reader),
            ResidentProfiles = reader.Number(OptionTable.ResidentProfiles),
            ResidentBytes = reader.Number(OptionTable.ResidentMib) * 1024L * 1024,
            Limits = ReadLimits(reader),
            MaxMessageBytes = reader.Number(OptionTable.MaxMessageBytes),
            ShutdownTimeout = TimeSpan.FromSeconds(reader.Number(OptionTable.ShutdownSeconds)),
            JsonLogs = reader.Choice(OptionTable.LogFormat) == "json",
            LogLevel = Enum.Parse<LogLevel>(reader.Choice(OptionTable.LogLevel), ignoreCase: true),
            Keys = keys.Keys,
            Tenants = tenants,
        };
        RefuseOpenListeners(reader, options, keys.Given);
        return new OptionsResult(
            reader.Faults.Count == 0 ? options : null,
            reader.Faults,
            [.. sources.UnknownVariables().Select(name => $"{name} in the environment is not an option of the node and has no effect")]);
    }

    private static (StoreKind Store, HostAddress? Redis) ReadStore(OptionReader reader)
    {
        var redis = default(HostAddress?);
        if (reader.Text(OptionTable.Redis) is { } text)
        {
            if (HostAddress.TryParse(text, out var address))
            {
                redis = address;
            }
            else
            {
                reader.Refuse(OptionTable.Redis, reader.Find(OptionTable.Redis)!.Value, $"\"{text}\" is not a host and a port");
            }
        }

        var named = reader.IsGiven(OptionTable.Store);
        var store = Enum.Parse<StoreKind>(reader.Choice(OptionTable.Store), ignoreCase: true);
        if (!named && reader.IsGiven(OptionTable.Redis))
        {
            return (StoreKind.Redis, redis);
        }

        if (store == StoreKind.Redis && !reader.IsGiven(OptionTable.Redis))
        {
            reader.Refuse(OptionTable.Redis, new OptionValue("", ""), "is missing, and the store is redis");
        }
        else if (store != StoreKind.Redis && reader.IsGiven(OptionTable.Redis))
        {
            reader.Refuse(
                OptionTable.Redis, reader.Find(OptionTable.Redis)!.Value, $"is given, but the store is {store.ToString().ToLowerInvariant()}",
                "--store redis, or no --redis");
        }

        return (store, store == StoreKind.Redis ? redis : null);
    }

    private static string ReadDataFolder(OptionReader reader, StoreKind store)
    {
        var text = reader.Text(OptionTable.Data) ?? OptionTable.Data.Default!;
        if (store != StoreKind.Memory && reader.Find(OptionTable.Data) is { } value && DataFolder.WhyNotUsable(text) is { } why)
        {
            reader.Refuse(OptionTable.Data, value, $"\"{text}\" {why}");
        }

        return text;
    }

    private static string? ReadApiKey(OptionReader reader)
    {
        var key = reader.Text(OptionTable.ApiKey);
        if (key is not null && (key.Length > 256 || key.Any(c => c is < '!' or > '~')))
        {
            reader.Refuse(OptionTable.ApiKey, reader.Find(OptionTable.ApiKey)!.Value, "cannot be sent as a bearer key");
        }

        return key;
    }

    private static Uri? ReadOtlp(OptionReader reader)
    {
        if (reader.Text(OptionTable.Otlp) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return uri;
        }

        // The text is not shown: a URL may carry a password.
        reader.Refuse(OptionTable.Otlp, reader.Find(OptionTable.Otlp)!.Value, "is not such a URL");
        return null;
    }

    private static LimitOptions ReadLimits(OptionReader reader)
    {
        var rate = reader.Number(OptionTable.TenantRate);
        return new LimitOptions
        {
            TenantRate = rate,
            TenantBurst = rate,
            TenantConcurrency = reader.Number(OptionTable.TenantConcurrency),
            TenantStreams = reader.Number(OptionTable.TenantStreams),
            Concurrency = reader.Number(OptionTable.Concurrency),
            Streams = reader.Number(OptionTable.Streams),
        };
    }

    // A development key may do everything and is known to whoever reads the terminal, so it never leaves the machine.
    private static void RefuseOpenListeners(OptionReader reader, NodeOptions options, bool keysGiven)
    {
        foreach (var (row, address) in new[] { (OptionTable.Http, options.Http), (OptionTable.Grpc, options.Grpc) })
        {
            if (address.IsLoopback)
            {
                continue;
            }

            if (!keysGiven)
            {
                reader.Refuse(
                    row, reader.Find(row)!.Value, $"{address} can be reached from other machines, and no keys are configured",
                    "a loopback address, or keys under Footprint:Keys in appsettings (see: hash-key)");
            }
            else if (options.ApiKey is not null)
            {
                reader.Refuse(
                    row, reader.Find(row)!.Value, $"{address} can be reached from other machines, and --api-key is for development",
                    "a loopback address, or no --api-key beside the configured keys");
            }
        }

        if (options.Http.Port != 0 && options.Http == options.Grpc)
        {
            reader.Refuse(OptionTable.Grpc, reader.Find(OptionTable.Grpc)!.Value, $"{options.Grpc} is also the address of --http",
                "an address or a port of its own");
        }
    }
}
