using Footprint.Grid.Api.Options;

namespace Footprint.Grid.Silo.Options;

/// <summary>The options of the silo: those that executables share and its own.</summary>
internal static class SiloRows
{
    public static readonly OptionRow Health = ClusterRows.Health("127.0.0.1:8091");

    public static readonly MemberRows Member = MemberRows.With(11111, 30000);

    public static readonly OptionTable Table = new(
        "silo", [ClusterRows.Data, .. ClusterRows.OfCluster, .. Member.All, Health, ClusterRows.MetricsAccess, .. ClusterRows.OfEngine, .. HostRows.OfProcess]);
}
