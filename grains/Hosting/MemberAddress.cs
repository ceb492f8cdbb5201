using System.Net;

namespace Footprint.Grid.Grains.Hosting;

/// <summary>Where a member of the cluster is reached.</summary>
/// <param name="AdvertisedIp">What the others are told; a loopback address keeps both listeners on this machine, any other opens them.</param>
/// <param name="SiloPort">For the other members.</param>
/// <param name="GatewayPort">For Orleans clients; 0 for none.</param>
public sealed record MemberAddress(IPAddress AdvertisedIp, int SiloPort, int GatewayPort);
