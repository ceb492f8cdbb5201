namespace Footprint.Grid.Api.Options;

/// <summary>The options of a process that others reach. Each program has ports of its own, so that all start on one machine.</summary>
internal sealed record MemberRows(OptionRow SiloPort, OptionRow OrleansPort)
{
    public static OptionRow AdvertisedIp => ClusterRows.AdvertisedIp;

    public IReadOnlyList<OptionRow> All => [AdvertisedIp, SiloPort, OrleansPort];

    public static MemberRows With(int siloPort, int orleansPort) => new(
        OptionRow.Number("silo-port", siloPort, 1, 65535, "Port for the other members of the cluster."),
        OptionRow.Number("orleans-port", orleansPort, 1, 65535, "Port for gateways that join as clients."));
}
