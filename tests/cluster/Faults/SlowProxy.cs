using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Footprint.Grid.Cluster.Tests.Faults;

/// <summary>Stands before a server on loopback and can hold back every answer of it for a while, as a slow network does.</summary>
internal sealed class SlowProxy : IAsyncDisposable
{
    private const int PieceBytes = 64 << 10;
    private const int MostPieces = 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private readonly Task _accepting;
    private long _delayMs;

    /// <param name="server">The port of the server.</param>
    public SlowProxy(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>How long each answer is held back from now on.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromMilliseconds(Interlocked.Read(ref _delayMs));
        set => Interlocked.Exchange(ref _delayMs, (long)value.TotalMilliseconds);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.Within("the proxy ends");
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.RemoveAll(one => one.IsCompleted);
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var server = new TcpClient { NoDelay = true };
        using (caller)
        {
            try
            {
                caller.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _server, end.Token);
                var pieces = Channel.CreateBounded<(long Due, byte[] Bytes)>(MostPieces);
                await Task.WhenAny(
                    caller.GetStream().CopyToAsync(server.GetStream(), end.Token),
                    HoldAsync(server.GetStream(), pieces.Writer, end.Token),
                    ReleaseAsync(pieces.Reader, caller.GetStream(), end.Token));
            }
            catch (Exception broken) when (broken is SocketException or IOException or OperationCanceledException)
            {
                // The caller sees what it would see of the server itself: a connection that is gone.
            }

            await end.CancelAsync();
        }
    }

    private async Task HoldAsync(NetworkStream from, ChannelWriter<(long Due, byte[] Bytes)> to, CancellationToken end)
    {
        var piece = new byte[PieceBytes];
        int read;
        while ((read = await from.ReadAsync(piece, end)) > 0)
        {
            await to.WriteAsync((Environment.TickCount64 + Interlocked.Read(ref _delayMs), piece[..read]), end);
        }
    }

    private static async Task ReleaseAsync(ChannelReader<(long Due, byte[] Bytes)> from, NetworkStream to, CancellationToken end)
    {
        await foreach (var (due, bytes) in from.ReadAllAsync(end))
        {
            if (due - Environment.TickCount64 is > 0 and var left)
            {
                await Task.Delay((int)left, end);
            }

            await to.WriteAsync(bytes, end);
        }
    }
}
