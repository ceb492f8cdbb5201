using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Footprint.Grid.Bench.Load;

/// <summary>
/// One HTTP/2 connection in clear text that carries many gRPC calls at once, used by one thread. It does no more than a load
/// generator needs, because what it costs is taken from the machine that the server is measured on.
/// </summary>
internal sealed class Http2Connection : IDisposable
{
    private const int Window = int.MaxValue;
    private const int SlotMask = (1 << 14) - 1;

    private readonly Socket _socket;
    private readonly FrameBuffer _out = new();
    private readonly RequestHeaders _requestHeaders;
    private readonly ResponseHeaders _responseHeaders = new();
    private readonly Call?[] _calls = new Call?[SlotMask + 1];
    private readonly Stack<Call> _idle = [];
    private readonly byte[] _in = new byte[1 << 18];
    private int _inStart, _inEnd;
    private int _nextStream = 1;
    private long _sendWindow = 65535;
    private int _streamWindow = 65535;
    private long _unacknowledged;

    public Http2Connection(IPEndPoint server, string? bearer)
    {
        _requestHeaders = new RequestHeaders(server.ToString(), bearer);
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 30_000, SendTimeout = 30_000 };
        _socket.Connect(server);
        _out.Raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8);
        var settings = _out.Frame(FrameBuffer.Settings, 0, 0, 12);
        BinaryPrimitives.WriteInt16BigEndian(settings, 2);
        BinaryPrimitives.WriteInt32BigEndian(settings[2..], 0);
        BinaryPrimitives.WriteInt16BigEndian(settings[6..], 4);
        BinaryPrimitives.WriteInt32BigEndian(settings[8..], Window);
        BinaryPrimitives.WriteInt32BigEndian(_out.Frame(FrameBuffer.WindowUpdate, 0, 0, 4), Window - 65535);
        Flush();
        Receive(null);
    }

    /// <summary>Calls under way.</summary>
    public int Open { get; private set; }

    /// <summary>What the server allows at once.</summary>
    public int MaxCalls { get; private set; } = 100;

    public long BytesReceived { get; private set; }

    /// <summary>Begins a call with its first message. Null when the server's limits leave no room now.</summary>
    public Call? Start(string path, ReadOnlySpan<byte> message, bool last)
    {
        if (Open >= MaxCalls || message.Length + 5 > Math.Min(_sendWindow, _streamWindow))
        {
            return null;
        }

        var call = _idle.Count > 0 ? _idle.Pop() : new Call();
        call.Reset(_nextStream, _streamWindow);
        ref var slot = ref _calls[(_nextStream >> 1) & SlotMask];
        if (slot is not null)
        {
            throw new IOException($"Stream {slot.Stream} has not been answered, {SlotMask} calls later.");
        }

        slot = call;
        _nextStream += 2;
        Open++;
        _out.Frame(FrameBuffer.Headers, FrameBuffer.EndHeaders, call.Stream, _requestHeaders.For(path));
        Send(call, message, last);
        return call;
    }

    /// <summary>Adds a message to a streaming call. False when flow control leaves no room for it now.</summary>
    public bool Send(Call call, ReadOnlySpan<byte> message, bool last)
    {
        var length = message.Length + 5;
        if (length > Math.Min(_sendWindow, call.SendWindow))
        {
            return false;
        }

        _sendWindow -= length;
        call.SendWindow -= length;
        _out.Message(call.Stream, message, last);
        return true;
    }

    public void Finish(Call call) => _out.Frame(FrameBuffer.Data, FrameBuffer.EndStream, call.Stream, 0);

    public void Flush()
    {
        for (var bytes = _out.Bytes; bytes.Length > 0;)
        {
            bytes = bytes[_socket.Send(bytes)..];
        }

        _out.Clear();
    }

    /// <summary>Waits for bytes and passes on what they complete.</summary>
    public void Receive(ICallSink? sink)
    {
        if (_inStart > 0)
        {
            _in.AsSpan(_inStart, _inEnd - _inStart).CopyTo(_in);
            _inEnd -= _inStart;
            _inStart = 0;
        }

        var read = _socket.Receive(_in.AsSpan(_inEnd));
        if (read == 0)
        {
            throw new IOException("The server closed the connection.");
        }

        BytesReceived += read;
        _inEnd += read;
        while (_inEnd - _inStart >= 9)
        {
            var head = _in.AsSpan(_inStart);
            var length = (head[0] << 16) | (head[1] << 8) | head[2];
            if (_inEnd - _inStart < 9 + length)
            {
                break;
            }

            _inStart += 9 + length;
            Frame(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head[5..]) & int.MaxValue, head.Slice(9, length), sink);
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload, ICallSink? sink)
    {
        var call = stream == 0 ? null : _calls[(stream >> 1) & SlotMask];
        switch (type)
        {
            case FrameBuffer.Data when call is not null:
                Acknowledge(payload.Length);
                call.Take(payload, sink!);
                break;
            case FrameBuffer.Headers when call is not null:
                if ((flags & FrameBuffer.EndHeaders) == 0 || (flags & (FrameBuffer.Padded | FrameBuffer.Priority)) != 0)
                {
                    throw new NotSupportedException("This load client reads no continued, padded or prioritized header blocks.");
                }

                _responseHeaders.Read(payload);
                break;
            case FrameBuffer.RstStream when call is not null:
                throw new IOException($"The server reset stream {stream} with error {BinaryPrimitives.ReadInt32BigEndian(payload)}.");
            case FrameBuffer.Settings when (flags & FrameBuffer.Ack) == 0:
                ReadSettings(payload);
                break;
            case FrameBuffer.Ping when (flags & FrameBuffer.Ack) == 0:
                _out.Frame(FrameBuffer.Ping, FrameBuffer.Ack, 0, payload);
                break;
            case FrameBuffer.GoAway:
                throw new IOException($"The server ends the connection with error {BinaryPrimitives.ReadInt32BigEndian(payload[4..])}.");
            case FrameBuffer.WindowUpdate when stream == 0:
                _sendWindow += BinaryPrimitives.ReadInt32BigEndian(payload);
                break;
            case FrameBuffer.WindowUpdate when call is not null:
                call.SendWindow += BinaryPrimitives.ReadInt32BigEndian(payload);
                break;
        }

        if (call is not null && type is FrameBuffer.Data or FrameBuffer.Headers && (flags & FrameBuffer.EndStream) != 0)
        {
            End(call!, type == FrameBuffer.Headers, sink!);
        }
    }

    private void End(Call call, bool trailers, ICallSink sink)
    {
        _calls[(call.Stream >> 1) & SlotMask] = null;
        Open--;
        var status = trailers ? _responseHeaders.GrpcStatus : -1;
        sink.Ended(call, status, status == 0 ? "" : $"grpc-status {status}, HTTP {_responseHeaders.HttpStatus}: {Uri.UnescapeDataString(_responseHeaders.GrpcMessage)}");
        _idle.Push(call);
    }

    private void Acknowledge(int bytes)
    {
        _unacknowledged += bytes;
        if (_unacknowledged > 1 << 30)
        {
            BinaryPrimitives.WriteInt32BigEndian(_out.Frame(FrameBuffer.WindowUpdate, 0, 0, 4), (int)_unacknowledged);
            _unacknowledged = 0;
        }
    }

    private void ReadSettings(ReadOnlySpan<byte> payload)
    {
        for (; payload.Length >= 6; payload = payload[6..])
        {
            var value = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(payload[2..]));
            switch (BinaryPrimitives.ReadInt16BigEndian(payload))
            {
                case 3: MaxCalls = value; break;
                case 4: _streamWindow = value; break;
            }
        }

        _out.Frame(FrameBuffer.Settings, FrameBuffer.Ack, 0, 0);
    }
}
