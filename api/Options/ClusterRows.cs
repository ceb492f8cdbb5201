namespace Footprint.Grid.Api.Options;

/// <summary>The options that the processes of a cluster have in common.</summary>
internal static class ClusterRows
{
    public static readonly OptionRow Redis = new(
        "redis", OptionKind.Secret, "127.0.0.1:6379", "HOST:PORT", "The Redis that the cluster meets at and keeps everything in.",
        "HOST:PORT, or a configuration string such as HOST:PORT,password=…,ssl=true");

    public static readonly OptionRow ClusterId = OptionRow.Text(
        "cluster-id", "footprint-grid", "NAME", "Processes of one name on one Redis are one cluster.", ClusterOptions.NameLimit);

    public static readonly OptionRow ServiceId = OptionRow.Text(
        "service-id", "footprint-grid", "NAME", "Names what outlives a cluster, reminders for example.", ClusterOptions.NameLimit);

    public static readonly OptionRow AdvertisedIp = new(
        "advertised-ip", OptionKind.Text, "127.0.0.1", "IP",
        "Where the others of the cluster reach this process; any but a loopback address opens its ports, which no key guards.", "an IP address")
    {
        OtherVariable = "POD_IP",
    };

    public static readonly OptionRow MetricsAccess = OptionRow.Choice(
        "metrics-access", "admin",
        "Who may read /metrics from another machine: keys with the scope admin, or anybody because the network guards the listener.",
        "admin", "anybody");

    public static readonly OptionRow IdleMinutes = OptionRow.Number(
        "idle-minutes", 15, 1, 1440, "How long a client that nobody asks for stays in memory.");

    public static readonly OptionRow SweepHours = OptionRow.Number(
        "sweep-hours", 24, 1, 720, "How often the clients of tenants with a Retention are looked through for what is too old.");

    public static readonly IReadOnlyList<OptionRow> OfCluster = [Redis, ClusterId, ServiceId];

    public static readonly IReadOnlyList<OptionRow> OfEngine = [IdleMinutes, SweepHours, .. HostRows.OfDecisionLog];

    public static readonly OptionRow Data = OptionRow.Text(
        "data", "data", "DIR", "Folder for what this machine's processes make when none is given: the secret, a gateway's development key.",
        "a folder that can be written");

    /// <param name="default">Each program has its own, so that all start on one machine.</param>
    public static OptionRow Health(string @default) => OptionRow.Text(
        "health", @default, "ADDR:PORT", "Where probes and metrics are served, apart from all else.", ListenAddress.Limit);
}
