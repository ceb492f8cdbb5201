using System.Net;
using System.Net.Sockets;

namespace Footprint.Grid.Bench.Processes;

/// <summary>A loopback port that nobody listened on a moment ago.</summary>
internal static class FreePort
{
    public static IPEndPoint Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
