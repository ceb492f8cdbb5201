using Footprint.Grid.Api.DecisionLog;
using Footprint.Grid.Api.Options;
using Footprint.Grid.Embedded;

namespace Footprint.Grid.Node.Options;

/// <summary>Turns what the sources say into options, or tells everything that is wrong with it.</summary>
internal static class NodeOptionsReader
{
    public static OptionsResult<NodeOptions> Read(OptionSources sources)
    {
        var reader = new OptionReader(sources);
        var process = ProcessOptionsReader.Read(reader, sources);
        var (store, redis) = ReadStore(reader);
        var options = new NodeOptions
        {
            Process = process,
            Endpoints = EndpointOptionsReader.Read(reader, process),
            DataFolder = ReadDataFolder(reader, store),
            Store = store,
            Redis = redis,
            DecisionLog = DecisionLogOptions.Read(reader),
            ResidentProfiles = reader.Number(NodeRows.ResidentProfiles),
            ResidentBytes = reader.Number(NodeRows.ResidentMib) * 1024L * 1024,
        };
        return OptionsResult<NodeOptions>.Of(options, reader, sources);
    }

    private static (StoreKind Store, HostAddress? Redis) ReadStore(OptionReader reader)
    {
        var redis = default(HostAddress?);
        if (reader.Text(NodeRows.Redis) is { } text)
        {
            if (HostAddress.TryParse(text, out var address))
            {
                redis = address;
            }
            else
            {
                reader.Refuse(NodeRows.Redis, reader.Find(NodeRows.Redis)!.Value, $"\"{text}\" is not a host and a port");
            }
        }

        var named = reader.IsGiven(NodeRows.Store);
        var store = Enum.Parse<StoreKind>(reader.Choice(NodeRows.Store), ignoreCase: true);
        if (!named && reader.IsGiven(NodeRows.Redis))
        {
            return (StoreKind.Redis, redis);
        }

        if (store == StoreKind.Redis && !reader.IsGiven(NodeRows.Redis))
        {
            reader.Refuse(NodeRows.Redis, new OptionValue("", ""), "is missing, and the store is redis");
        }
        else if (store != StoreKind.Redis && reader.IsGiven(NodeRows.Redis))
        {
            reader.Refuse(
                NodeRows.Redis, reader.Find(NodeRows.Redis)!.Value, $"is given, but the store is {store.ToString().ToLowerInvariant()}",
                "--store redis, or no --redis");
        }

        return (store, store == StoreKind.Redis ? redis : null);
    }

    private static string ReadDataFolder(OptionReader reader, StoreKind store)
    {
        var text = reader.Text(NodeRows.Data) ?? NodeRows.Data.Default!;
        if (store != StoreKind.Memory && reader.Find(NodeRows.Data) is { } value && DataFolder.WhyNotUsable(text) is { } why)
        {
            reader.Refuse(NodeRows.Data, value, $"\"{text}\" {why}");
        }

        return text;
    }
}
