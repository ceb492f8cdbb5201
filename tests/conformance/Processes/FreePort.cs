using System.Net;
using System.Net.Sockets;

namespace Footprint.Grid.Conformance.Processes;

/// <summary>A port of the loopback interface that nobody listened on a moment ago.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
