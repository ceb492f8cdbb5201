using System.Buffers.Binary;
using Google.Protobuf;
using Google.Rpc;

namespace Footprint.Grid.Api.Tests.Support;

/// <summary>An open call, message by message.</summary>
internal sealed class GrpcStream(FedContent request, HttpResponseMessage response) : IDisposable
{
    private Stream? _answers;

    public HttpResponseMessage Response => response;

    public Code Code
    {
        get
        {
            var headers = response.TrailingHeaders.Contains("grpc-status") ? response.TrailingHeaders : response.Headers;
            return (Code)int.Parse(headers.GetValues("grpc-status").Single());
        }
    }

    public Task SendAsync(IMessage message) => request.WriteAsync(GrpcClient.Frame(message));

    public Task SendRawAsync(byte[] bytes) => request.WriteAsync(bytes);

    public void CloseSend() => request.Close();

    /// <summary>Null at the end of the stream.</summary>
    public async Task<T?> ReadAsync<T>()
        where T : class, IMessage<T>, new()
    {
        _answers ??= await response.Content.ReadAsStreamAsync();
        var header = new byte[5];
        var read = await Wait.For(_answers.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false).AsTask(), "next answer of the stream");
        if (read == 0)
        {
            return null;
        }

        var bytes = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1))];
        await Wait.For(_answers.ReadExactlyAsync(bytes).AsTask(), "rest of an answer");
        return new MessageParser<T>(() => new T()).ParseFrom(bytes);
    }

    public void Dispose()
    {
        request.Close();
        response.Dispose();
    }
}
