using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Support;

/// <summary>All of an answer: its messages and how it ended.</summary>
internal sealed record GrpcReply(HttpStatusCode Http, List<(byte Flag, byte[] Bytes)> Messages, HttpResponseHeaders Headers, HttpResponseHeaders Trailers)
{
    /// <summary>Null when there is no grpc-status.</summary>
    public Code? Code => Find("grpc-status") is { } status ? (Code)int.Parse(status) : null;

    public string Message => Uri.UnescapeDataString(Find("grpc-message") ?? "");

    public bool IsTrailersOnly => Headers.Contains("grpc-status");

    public Status? Details
    {
        get
        {
            var text = Find("grpc-status-details-bin");
            return text is null ? null : Status.Parser.ParseFrom(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }
    }

    public static async Task<GrpcReply> ReadAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsByteArrayAsync();
        var messages = new List<(byte, byte[])>();
        for (var at = 0; at < body.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at + 1));
            messages.Add((body[at], body.AsSpan(at + 5, length).ToArray()));
            at += 5 + length;
        }

        return new GrpcReply(response.StatusCode, messages, response.Headers, response.TrailingHeaders);
    }

    public T Single<T>()
        where T : IMessage<T>, new()
    {
        Assert.Equal(Google.Rpc.Code.Ok, Code);
        return new MessageParser<T>(() => new T()).ParseFrom(Assert.Single(Messages).Bytes);
    }

    private string? Find(string name) =>
        Headers.TryGetValues(name, out var values) || Trailers.TryGetValues(name, out values) ? values.Single() : null;
}
