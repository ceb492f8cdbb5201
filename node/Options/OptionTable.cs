namespace Footprint.Grid.Node.Options;

/// <summary>
/// Every option of the node, once. The command line, the environment, appsettings, the help and the schema all follow these rows:
/// <c>--api-key</c> is <c>FOOTPRINT_API_KEY</c> in the environment and <c>Footprint:ApiKey</c> in appsettings. The command line
/// goes before the environment, and the environment before appsettings. Keys and tenants are lists
/// (<c>FOOTPRINT_KEYS__0__HASH</c>, <c>Footprint:Keys:0:Hash</c>) and have no place on the command line.
/// </summary>
internal static class OptionTable
{
    public const string VariablePrefix = "FOOTPRINT_";
    public const string Section = "Footprint";
    public const string KeysSetting = "Keys";
    public const string TenantsSetting = "Tenants";

    public static readonly OptionRow Http = OptionRow.Text(
        "http", "127.0.0.1:8080", "ADDR:PORT", "Where JSON, health, metrics and the API description are served.", ListenAddress.Limit);

    public static readonly OptionRow Grpc = OptionRow.Text(
        "grpc", "127.0.0.1:8081", "ADDR:PORT", "Where gRPC is served.", ListenAddress.Limit);

    public static readonly OptionRow Data = OptionRow.Text(
        "data", "data", "DIR", "Folder for the SQLite file and the development key; made when missing.", "a folder that can be written");

    public static readonly OptionRow Store = OptionRow.Choice(
        "store", "sqlite", "Where profiles and definitions are kept.", "sqlite", "redis", "memory");

    public static readonly OptionRow Redis = OptionRow.Text(
        "redis", null, "HOST:PORT", "The Redis server; chooses the Redis store when --store is not given.", HostAddress.Limit);

    public static readonly OptionRow ApiKey = new(
        "api-key", OptionKind.Secret, null, "KEY", "A development key: tenant default, all scopes, loopback only.",
        "1 to 256 visible ASCII characters");

    public static readonly OptionRow Otlp = OptionRow.Text(
        "otlp", null, "URL", "Send metrics and traces to this OpenTelemetry collector.", "an absolute http or https URL");

    public static readonly OptionRow OtlpProtocol = OptionRow.Choice(
        "otlp-protocol", "grpc", "How the collector is spoken to.", "grpc", "http");

    public static readonly OptionRow TlsCert = OptionRow.Text(
        "tls-cert", null, "FILE", "PEM certificate, with its chain, for both listeners.", "a PEM file; needs --tls-key");

    public static readonly OptionRow TlsKey = OptionRow.Text(
        "tls-key", null, "FILE", "PEM private key of the certificate, unencrypted.", "a PEM file; needs --tls-cert");

    public static readonly OptionRow ResidentProfiles = OptionRow.Number(
        "resident-profiles", 1_000_000, 16, 100_000_000, "Profiles kept in memory; idle ones beyond this leave it and come back on demand.");

    public static readonly OptionRow ResidentMib = OptionRow.Number(
        "resident-mib", 1_024, 1, 1_048_576, "Memory for profiles in MiB, by their stored size; a warm profile takes up to three times that.");

    public static readonly OptionRow TenantRate = OptionRow.Number(
        "tenant-rate", 1_000_000, 1, 100_000_000, "Calls and stream messages per second of one tenant before they are shed.");

    public static readonly OptionRow TenantConcurrency = OptionRow.Number(
        "tenant-concurrency", 10_000, 1, 1_000_000, "Calls of one tenant at once before they are shed.");

    public static readonly OptionRow TenantStreams = OptionRow.Number(
        "tenant-streams", 1_000, 1, 1_000_000, "Streams of one tenant at once before they are shed.");

    public static readonly OptionRow Concurrency = OptionRow.Number(
        "concurrency", 20_000, 1, 1_000_000, "Calls of all tenants at once before they are shed.");

    public static readonly OptionRow Streams = OptionRow.Number(
        "streams", 5_000, 1, 1_000_000, "Streams of all tenants at once before they are shed.");

    public static readonly OptionRow MaxMessageBytes = OptionRow.Number(
        "max-message-bytes", 4 * 1024 * 1024, 1024, 256 * 1024 * 1024, "Largest message or body that is taken.");

    public static readonly OptionRow ShutdownSeconds = OptionRow.Number(
        "shutdown-seconds", 20, 2, 600, "How long streams and unsaved profiles get when the node is asked to stop.");

    public static readonly OptionRow LogFormat = OptionRow.Choice(
        "log-format", "text", "Log lines for people or for machines; both go to standard error.", "text", "json");

    public static readonly OptionRow LogLevel = OptionRow.Choice(
        "log-level", "information", "The least severe log lines to write.", "trace", "debug", "information", "warning", "error");

    /// <summary>Names the appsettings file, so it cannot stand inside it.</summary>
    public static readonly OptionRow Config = OptionRow.Text(
        "config", null, "FILE", "Settings file; appsettings.json here or beside the program when absent.", "a JSON file");

    public static readonly IReadOnlyList<OptionRow> All =
    [
        Http, Grpc, Data, Store, Redis, ApiKey, Otlp, OtlpProtocol, TlsCert, TlsKey, ResidentProfiles, ResidentMib, TenantRate, TenantConcurrency,
        TenantStreams, Concurrency, Streams, MaxMessageBytes, ShutdownSeconds, LogFormat, LogLevel,
    ];
}
