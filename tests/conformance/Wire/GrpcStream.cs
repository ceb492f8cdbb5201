using Google.Protobuf;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>An open call: messages go out and come in independently of each other.</summary>
internal sealed class GrpcStream(Task<HttpResponseMessage> response, PushContent content) : IDisposable
{
    private Stream? _stream;

    public ValueTask WriteAsync(IMessage message) => content.WriteAsync(GrpcFrames.Frame(message.ToByteArray()));

    public ValueTask WriteRawAsync(byte[] bytes) => content.WriteAsync(bytes);

    public void CompleteWrites() => content.Complete();

    /// <summary>The next message; null when the server has ended the call, see <see cref="StatusAsync"/> then.</summary>
    public async Task<T?> ReadAsync<T>(MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        _stream ??= await (await response).Content.ReadAsStreamAsync();
        var message = await GrpcFrames.ReadAsync(_stream);
        return message is null ? null : parser.ParseFrom(message);
    }

    public async Task<GrpcReply> StatusAsync() => GrpcFrames.Status(await response, null);

    /// <summary>Leaves the call, as a client that goes away does.</summary>
    public void Dispose()
    {
        content.Dispose();
        if (response.IsCompletedSuccessfully)
        {
            response.Result.Dispose();
        }
        else
        {
            _ = response.ContinueWith(late => { _ = late.Exception; if (late.IsCompletedSuccessfully) { late.Result.Dispose(); } }, TaskScheduler.Default);
        }
    }
}
