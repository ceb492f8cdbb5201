using Footprint.Grid.Api.Auth;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Api.Options;

/// <summary>Reads what every executable can be told.</summary>
internal static class ProcessOptionsReader
{
    public static ProcessOptions Read(OptionReader reader, OptionSources sources)
    {
        foreach (var fault in sources.UnknownSettings())
        {
            reader.Add(fault);
        }

        var tenants = TenantListReader.Read(reader, sources);
        return new ProcessOptions
        {
            ApiKey = ReadApiKey(reader),
            Secret = ReadSecret(reader),
            Otlp = ReadOtlp(reader),
            OtlpOverHttp = reader.Choice(HostRows.OtlpProtocol) == "http",
            ShutdownTimeout = TimeSpan.FromSeconds(reader.Number(HostRows.ShutdownSeconds)),
            JsonLogs = reader.Choice(HostRows.LogFormat) == "json",
            LogLevel = Enum.Parse<LogLevel>(reader.Choice(HostRows.LogLevel), ignoreCase: true),
            Keys = KeyListReader.Read(reader, sources, tenants),
            Tenants = tenants,
        };
    }

    private static string? ReadApiKey(OptionReader reader)
    {
        var key = reader.Text(HostRows.ApiKey);
        if (key is not null && (key.Length > 256 || key.Any(c => c is < '!' or > '~')))
        {
            reader.Refuse(HostRows.ApiKey, reader.Find(HostRows.ApiKey)!.Value, "cannot be sent as a bearer key");
        }

        return key;
    }

    private static byte[]? ReadSecret(OptionReader reader)
    {
        var secret = reader.Text(HostRows.SecretFile) is { } path ? ServerSecret.Read(path) : null;
        if (secret is null && reader.Find(HostRows.SecretFile) is { } named)
        {
            reader.Refuse(HostRows.SecretFile, named, "cannot be read or holds no secret");
        }

        return secret;
    }

    private static Uri? ReadOtlp(OptionReader reader)
    {
        if (reader.Text(HostRows.Otlp) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0)
        {
            return uri;
        }

        // The text is not shown: a URL may carry a password.
        reader.Refuse(HostRows.Otlp, reader.Find(HostRows.Otlp)!.Value, "is not such a URL");
        return null;
    }
}
