using Footprint.Grid.Silo.Options;

namespace Footprint.Grid.Silo.Hosting;

/// <summary>What a silo says once it is a member.</summary>
internal static class Welcome
{
    public static string Text(SiloOptions options)
    {
        var member = options.Member;
        var dashboard = options.HasDashboard ? $", {AdminGate.Path}" : "";
        return $"""
            Footprint.Grid {typeof(Welcome).Assembly.GetName().Version?.ToString(3)}: a silo of {options.Cluster.ServiceId}/{options.Cluster.ClusterId}
              silo    {member.AdvertisedIp}:{member.SiloPort}, for clients of the cluster {member.AdvertisedIp}:{member.OrleansPort}
              health  http://{options.Health.Listen}  (/health/ready, /metrics{dashboard})

            Ctrl-C stops it: its clients are saved and move to the other silos. Callers need a gateway: dotnet run --project gateway

            """;
    }
}
