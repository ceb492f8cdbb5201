using System.Buffers.Binary;
using System.Net.Http.Headers;
using Google.Rpc;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>Length-prefixed messages and status trailers, by hand.</summary>
internal static class GrpcFrames
{
    public static byte[] Frame(ReadOnlySpan<byte> message, byte flags = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame.AsSpan(5));
        return frame;
    }

    /// <summary>The next message; null at the end of the stream.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream)
    {
        var header = new byte[5];
        var read = await stream.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        Assert.Equal(5, read);
        Assert.Equal(0, header[0]);
        var message = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1))];
        await stream.ReadExactlyAsync(message);
        return message;
    }

    /// <summary>Reads the status from the trailers, or from the headers of an answer that has no body.</summary>
    public static GrpcReply Status(HttpResponseMessage response, byte[]? body)
    {
        var code = Header(response.TrailingHeaders, "grpc-status") ?? Header(response.Headers, "grpc-status");
        Assert.True(code is not null, $"HTTP {(int)response.StatusCode} without a grpc-status");
        var message = Header(response.TrailingHeaders, "grpc-message") ?? Header(response.Headers, "grpc-message") ?? "";
        var details = Header(response.TrailingHeaders, "grpc-status-details-bin") ?? Header(response.Headers, "grpc-status-details-bin");
        return new GrpcReply(
            (Code)int.Parse(code),
            Uri.UnescapeDataString(message),
            details is null ? null : Google.Rpc.Status.Parser.ParseFrom(FromBase64(details)),
            body);
    }

    private static string? Header(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
