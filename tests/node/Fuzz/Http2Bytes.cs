using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Footprint.Grid.Node.Tests.Fuzz;

/// <summary>A whole HTTP/2 conversation of a client as plain bytes, so that every one of them can be spoiled.</summary>
internal static class Http2Bytes
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;

    public static byte[] UnaryCall(string path, string key, byte[] message)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        AddFrame(bytes, Settings, 0, 0, []);
        var headers = new List<byte>();
        AddHeader(headers, ":method", "POST");
        AddHeader(headers, ":scheme", "http");
        AddHeader(headers, ":path", path);
        AddHeader(headers, ":authority", "localhost");
        AddHeader(headers, "content-type", "application/grpc");
        AddHeader(headers, "te", "trailers");
        AddHeader(headers, "grpc-timeout", "5S");
        AddHeader(headers, "authorization", "Bearer " + key);
        AddFrame(bytes, Headers, EndHeaders, 1, [.. headers]);
        AddFrame(bytes, Data, EndStream, 1, GrpcFrames.Frame(message));

        // The server closes the connection once the call is done.
        AddFrame(bytes, GoAway, 0, 0, new byte[8]);
        return [.. bytes];
    }

    /// <summary>Sends the bytes and reads until the server has closed the connection.</summary>
    public static async Task SendAsync(Uri server, byte[] bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        var stream = socket.GetStream();
        try
        {
            await stream.WriteAsync(bytes);
            socket.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(Stream.Null);
        }
        catch (Exception reset) when (reset is IOException or SocketException)
        {
            // To reset a connection that speaks nonsense is an answer, too.
        }
    }

    private static void AddFrame(List<byte> bytes, byte type, byte flags, int stream, byte[] payload)
    {
        var header = new byte[9];
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)payload.Length << 8 | type);
        header[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(5), stream);
        bytes.AddRange(header);
        bytes.AddRange(payload);
    }

    /// <summary>A literal without indexing and without Huffman codes.</summary>
    private static void AddHeader(List<byte> bytes, string name, string value)
    {
        bytes.Add(0);
        bytes.Add((byte)name.Length);
        bytes.AddRange(Encoding.ASCII.GetBytes(name));
        bytes.Add((byte)value.Length);
        bytes.AddRange(Encoding.ASCII.GetBytes(value));
    }
}
