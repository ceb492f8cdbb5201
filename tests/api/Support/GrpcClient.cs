using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace Footprint.Grid.Api.Tests.Support;

/// <summary>Speaks gRPC by hand over HTTP/2, so that a test can say exactly what goes over the wire.</summary>
internal sealed class GrpcClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _key;
    private readonly string _base;

    public GrpcClient(IPEndPoint address, string key, X509Certificate? certificate = null)
    {
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None };
        if (certificate is not null)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => certificate.Equals(shown);
        }

        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _base = $"{(certificate is null ? "http" : "https")}://{address}";
        _key = key;
    }

    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public static byte[] Frame(IMessage message) => Frame(message.ToByteArray());

    public Task<GrpcReply> CallAsync(string path, IMessage message, Action<HttpRequestHeaders>? headers = null, string? key = null) =>
        CallRawAsync(path, Frame(message), headers, key);

    /// <param name="key">The empty string sends none.</param>
    public async Task<GrpcReply> CallRawAsync(
        string path, byte[] body, Action<HttpRequestHeaders>? headers = null, string? key = null, string contentType = "application/grpc")
    {
        using var request = Request(path, new ByteArrayContent(body), headers, key, contentType);
        using var response = await Wait.For(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead), $"headers of {path}");
        return await Wait.For(GrpcReply.ReadAsync(response), $"end of {path}");
    }

    /// <summary>Opens a stream whose request side the test feeds.</summary>
    /// <param name="first">Sent whole, after which the request side is closed: for a call that answers only then.</param>
    public async Task<GrpcStream> OpenAsync(string path, Action<HttpRequestHeaders>? headers = null, string? key = null, byte[]? first = null)
    {
        var content = new FedContent(first);
        var response = await Wait.For(
            _http.SendAsync(Request(path, content, headers, key, "application/grpc"), HttpCompletionOption.ResponseHeadersRead), $"headers of {path}");
        return new GrpcStream(content, response);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string path, HttpContent content, Action<HttpRequestHeaders>? headers, string? key, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _base + path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        if (contentType.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("content-type", contentType);
        }

        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (key != "")
        {
            request.Headers.TryAddWithoutValidation("authorization", "Bearer " + (key ?? _key));
        }

        headers?.Invoke(request.Headers);
        return request;
    }
}
