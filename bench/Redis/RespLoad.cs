using System.Net;
using System.Net.Sockets;

namespace Footprint.Grid.Bench.Redis;

/// <summary>Redis commands in a pipeline from one thread: many sent, then their replies passed over. Any error reply ends it.</summary>
internal sealed class RespLoad : IDisposable
{
    private readonly Socket _socket;
    private readonly RespWriter _out = new();
    private readonly byte[] _in = new byte[1 << 20];
    private int _inEnd;

    public RespLoad(IPEndPoint server)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000, SendTimeout = 30_000 };
        _socket.Connect(server);
    }

    /// <summary>Commands written to it are sent by <see cref="Flush"/>.</summary>
    public RespWriter Out => _out;

    public void Flush()
    {
        for (var bytes = _out.Bytes; bytes.Length > 0;)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }

        _out.Clear();
    }

    /// <summary>Waits for bytes; says how many replies they completed.</summary>
    public int Receive()
    {
        var read = _socket.Receive(_in.AsSpan(_inEnd));
        if (read == 0)
        {
            throw new IOException("Redis closed the connection.");
        }

        _inEnd += read;
        var reader = new RespReader(_in.AsSpan(0, _inEnd));
        var replies = 0;
        while (reader.TrySkip())
        {
            replies++;
        }

        _in.AsSpan(reader.Position, _inEnd - reader.Position).CopyTo(_in);
        _inEnd -= reader.Position;
        return replies;
    }

    /// <summary>Sends what was written and waits until so many replies are there.</summary>
    public void Finish(int replies)
    {
        Flush();
        while (replies > 0)
        {
            replies -= Receive();
        }
    }

    /// <summary>Sends one command and gives the bulk string that answers it.</summary>
    public byte[] Ask()
    {
        Flush();
        while (true)
        {
            _inEnd += _socket.Receive(_in.AsSpan(_inEnd));
            var reader = new RespReader(_in.AsSpan(0, _inEnd));
            if (reader.TrySkip())
            {
                var answer = new RespReader(_in.AsSpan(0, _inEnd)).ReadBulk().ToArray();
                _inEnd = 0;
                return answer;
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
