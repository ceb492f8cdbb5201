using System.Net;

namespace Footprint.Grid.Api.Tests.Support;

/// <summary>A request body that stays open until the test closes it.</summary>
internal sealed class FedContent(byte[]? first) : HttpContent
{
    private readonly TaskCompletionSource<Stream> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task WriteAsync(byte[] bytes)
    {
        var stream = await Wait.For(_open.Task, "open request body");
        await Wait.For(stream.WriteAsync(bytes).AsTask(), "room to write");
        await Wait.For(stream.FlushAsync(), "flush");
    }

    public void Close() => _closed.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (first is not null)
        {
            await stream.WriteAsync(first, cancellationToken);
            return;
        }

        await stream.FlushAsync(cancellationToken);
        _open.TrySetResult(stream);
        await _closed.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
