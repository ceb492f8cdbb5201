using System.Net;
using System.Net.Sockets;

namespace Footprint.Grid.Bench.Redis;

/// <summary>
/// A shared connection to Redis for a server's handlers: commands of concurrent requests go out together, replies come back
/// in order. About as cheap as such a client can be, so that a peer that uses it is not held back by its library.
/// </summary>
internal sealed class RespPipeline
{
    private readonly Socket _socket;
    private readonly Lock _lock = new();
    private readonly Queue<RespRequest> _waiting = new();
    private RespWriter _next = new();
    private RespWriter _sending = new();
    private bool _flushing;

    private RespPipeline(Socket socket) => _socket = socket;

    public static async Task<RespPipeline> ConnectAsync(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        var pipeline = new RespPipeline(socket);
        _ = pipeline.ReadAsync();
        return pipeline;
    }

    /// <summary>Sends the request's commands; the task ends when it took its replies.</summary>
    public ValueTask SendAsync(RespRequest request)
    {
        var task = request.Begin();
        bool flush;
        lock (_lock)
        {
            request.WriteTo(_next);
            _waiting.Enqueue(request);
            flush = !_flushing;
            _flushing = true;
        }

        if (flush)
        {
            // Not at once: what other requests add until then goes out in the same packet.
            ThreadPool.UnsafeQueueUserWorkItem(static pipeline => _ = pipeline.FlushAsync(), this, preferLocal: false);
        }

        return task;
    }

    private async Task FlushAsync()
    {
        try
        {
            while (true)
            {
                lock (_lock)
                {
                    if (_next.Length == 0)
                    {
                        _flushing = false;
                        return;
                    }

                    (_next, _sending) = (_sending, _next);
                }

                for (var bytes = _sending.Memory; bytes.Length > 0;)
                {
                    bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
                }

                _sending.Clear();
            }
        }
        catch (Exception e)
        {
            Environment.FailFast("The peer lost its Redis.", e);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var buffer = new byte[1 << 20];
            var end = 0;
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer.AsMemory(end), SocketFlags.None);
                if (read == 0)
                {
                    throw new IOException("Redis closed the connection.");
                }

                end += read;
                var taken = Dispatch(buffer.AsSpan(0, end));
                buffer.AsSpan(taken, end - taken).CopyTo(buffer);
                end -= taken;
            }
        }
        catch (Exception e)
        {
            Environment.FailFast("The peer lost its Redis.", e);
        }
    }

    private int Dispatch(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (true)
        {
            RespRequest? request;
            lock (_lock)
            {
                if (!_waiting.TryPeek(out request))
                {
                    return taken;
                }
            }

            var reader = new RespReader(bytes[taken..]);
            for (var i = 0; i < request.Replies; i++)
            {
                if (!reader.TrySkip())
                {
                    return taken;
                }
            }

            lock (_lock)
            {
                _waiting.Dequeue();
            }

            request.Complete(bytes.Slice(taken, reader.Position));
            taken += reader.Position;
        }
    }
}
