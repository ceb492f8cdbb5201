using System.Net;
using System.Net.Sockets;

namespace Footprint.Grid.Conformance.Processes;

/// <summary>
/// A port of the loopback interface that nobody listens on and that this process never gives out again. From below the range that
/// systems take ports of outgoing connections from: those come and go while a test has not used its port yet.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    // Tests of other projects run at the same time; each process begins somewhere else.
    private static int _next = Environment.ProcessId * 379 % Count;

    public static int Next()
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
