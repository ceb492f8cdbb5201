using System.Net;

namespace Footprint.Grid.Api.Options;

/// <summary>Where a member of the cluster is reached by the others.</summary>
internal sealed record MemberOptions(IPAddress AdvertisedIp, int SiloPort, int OrleansPort)
{
    public static MemberOptions Read(OptionReader reader, MemberRows rows, ProcessOptions process)
    {
        var value = reader.Find(ClusterRows.AdvertisedIp)!.Value;
        if (!IPAddress.TryParse(value.Text, out var ip) || ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
        {
            reader.Refuse(ClusterRows.AdvertisedIp, value, $"\"{value.Text}\" is not an address that others can reach");
            ip = IPAddress.Loopback;
        }

        if (process.ApiKey is not null && !IPAddress.IsLoopback(ip))
        {
            reader.Refuse(
                ClusterRows.AdvertisedIp, value, $"{ip} opens this process to other machines, and --api-key is for development",
                "a loopback address, or no --api-key beside the configured keys");
        }

        var options = new MemberOptions(ip, reader.Number(rows.SiloPort), reader.Number(rows.OrleansPort));
        if (options.SiloPort == options.OrleansPort)
        {
            reader.Refuse(rows.OrleansPort, reader.Find(rows.OrleansPort)!.Value, "is also --silo-port", "a port of its own");
        }

        return options;
    }
}
