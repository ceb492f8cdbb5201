using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Gateway.Options;

/// <summary>The options of the gateway: those that executables share and its own.</summary>
internal static class GatewayRows
{
    public static readonly OptionRow Join = OptionRow.Choice(
        "join", "client", "How clients are reached: through the silos, as a member without clients of its own, or as a silo, too.",
        "client", "member", "silo");

    public static readonly OptionRow Health = ClusterRows.Health("127.0.0.1:8090");

    public static readonly MemberRows Member = MemberRows.With(11112, 30001);

    public static readonly OptionTable Table = new(
        "gateway",
        [
            Join, ClusterRows.Data, .. ClusterRows.OfCluster, .. Member.All, Health, ClusterRows.MetricsAccess, .. ClusterRows.OfEngine,
            .. HostRows.OfEndpoints, .. HostRows.OfProcess,
        ]);
}
