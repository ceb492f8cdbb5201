using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>Speaks gRPC to a node through HttpClient, so that a test decides about every byte.</summary>
internal sealed class GrpcClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string? _key;

    public GrpcClient(Uri address, string? key)
    {
        _key = key;
        _http = new HttpClient(new SocketsHttpHandler { EnableMultipleHttp2Connections = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>A unary call that must succeed.</summary>
    public async Task<T> CallAsync<T>(string method, IMessage request, MessageParser<T> parser)
        where T : IMessage<T>
    {
        var reply = await SendAsync(method, GrpcFrames.Frame(request.ToByteArray())).Within($"{method} answers");
        Assert.True(reply.Code == Code.Ok, $"{method}: {reply.Code} {reply.Message}");
        return parser.ParseFrom(reply.Body);
    }

    /// <summary>A unary call, however it ends.</summary>
    public Task<GrpcReply> TryAsync(string method, IMessage request, string? timeout = null) =>
        SendAsync(method, GrpcFrames.Frame(request.ToByteArray()), timeout).Within($"{method} answers");

    /// <summary>Any bytes as the body of a call; the last message of the answer is its body.</summary>
    public async Task<GrpcReply> SendAsync(string method, byte[] body, string? timeout = null, string? encoding = null)
    {
        using var request = Request(method, new ByteArrayContent(body), timeout);
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var stream = await response.Content.ReadAsStreamAsync();
        byte[]? last = null;
        while (await GrpcFrames.ReadAsync(stream) is { } message)
        {
            last = message;
        }

        return GrpcFrames.Status(response, last);
    }

    /// <summary>Opens a call whose messages are written and read one by one.</summary>
    public GrpcStream Open(string method, string? timeout = null)
    {
        var content = new PushContent();
        var request = Request(method, content, timeout);
        return new GrpcStream(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead), content);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string method, HttpContent content, string? timeout)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (_key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        }

        if (timeout is not null)
        {
            request.Headers.Add("grpc-timeout", timeout);
        }

        return request;
    }
}
