using Footprint.Grid.Api.Auth;
using Footprint.Grid.Api.DecisionLog;

namespace Footprint.Grid.Api.Options;

/// <summary>The options that executables have in common, so that one name means one thing in all of them.</summary>
internal static class HostRows
{
    public static readonly OptionRow Http = OptionRow.Text(
        "http", "127.0.0.1:8080", "ADDR:PORT", "Where JSON, health, metrics and the API description are served.", ListenAddress.Limit);

    public static readonly OptionRow Grpc = OptionRow.Text(
        "grpc", "127.0.0.1:8081", "ADDR:PORT", "Where gRPC is served.", ListenAddress.Limit);

    public static readonly OptionRow ApiKey = new(
        "api-key", OptionKind.Secret, null, "KEY", "A development key: tenant default, all scopes, loopback only.",
        "1 to 256 visible ASCII characters");

    public static readonly OptionRow SecretFile = OptionRow.Text(
        "secret-file", null, "FILE", "Keys the links of /my and what is left of erased clients; one for all processes that serve the same clients. Made in the data folder when absent.",
        ServerSecret.Limit);

    public static readonly OptionRow DecisionLog = OptionRow.Text(
        "decision-log", null, "DIR", "Log sampled decisions of placements that explore, and what came of them, as lines of JSON in this folder.",
        "a folder that can be written");

    public static readonly OptionRow DecisionLogMib = OptionRow.Number(
        "decision-log-mib", 256, 1, 1_048_576, "Most MiB of decision log of each tenant; the oldest files go.");

    public static readonly OptionRow Otlp = OptionRow.Text(
        "otlp", null, "URL", "Send metrics and traces to this OpenTelemetry collector.", "an absolute http or https URL");

    public static readonly OptionRow OtlpProtocol = OptionRow.Choice(
        "otlp-protocol", "grpc", "How the collector is spoken to.", "grpc", "http");

    public static readonly OptionRow TlsCert = OptionRow.Text(
        "tls-cert", null, "FILE", "PEM certificate, with its chain, for both listeners.", "a PEM file; needs --tls-key");

    public static readonly OptionRow TlsKey = OptionRow.Text(
        "tls-key", null, "FILE", "PEM private key of the certificate, unencrypted.", "a PEM file; needs --tls-cert");

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
        "shutdown-seconds", 20, 2, 600, "How long streams and unsaved profiles get when the process is asked to stop.");

    public static readonly OptionRow LogFormat = OptionRow.Choice(
        "log-format", "text", "Log lines for people or for machines; both go to standard error.", "text", "json");

    public static readonly OptionRow LogLevel = OptionRow.Choice(
        "log-level", "information", "The least severe log lines to write.", "trace", "debug", "information", "warning", "error");

    /// <summary>What <see cref="ProcessOptions"/> are read from.</summary>
    public static readonly IReadOnlyList<OptionRow> OfProcess = [ApiKey, SecretFile, Otlp, OtlpProtocol, ShutdownSeconds, LogFormat, LogLevel];

    /// <summary>What <see cref="DecisionLogOptions"/> are read from, where clients are hosted.</summary>
    public static readonly IReadOnlyList<OptionRow> OfDecisionLog = [DecisionLog, DecisionLogMib];

    /// <summary>What <see cref="EndpointOptions"/> are read from.</summary>
    public static readonly IReadOnlyList<OptionRow> OfEndpoints =
        [Http, Grpc, TlsCert, TlsKey, TenantRate, TenantConcurrency, TenantStreams, Concurrency, Streams, MaxMessageBytes];
}
