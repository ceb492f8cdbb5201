using System.Net;
using System.Threading.Channels;

namespace Footprint.Grid.Conformance.Wire;

/// <summary>A request body that is written piece by piece while the answer is already being read.</summary>
internal sealed class PushContent : HttpContent
{
    private readonly Channel<byte[]> _pieces = Channel.CreateBounded<byte[]>(64);

    public ValueTask WriteAsync(byte[] piece) => _pieces.Writer.WriteAsync(piece);

    /// <summary>No more pieces; what waits is still sent.</summary>
    public void Complete() => _pieces.Writer.TryComplete();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        try
        {
            // The headers leave now, not with the first piece.
            await stream.FlushAsync();
            await foreach (var piece in _pieces.Reader.ReadAllAsync())
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
            }
        }
        finally
        {
            _pieces.Writer.TryComplete();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        _pieces.Writer.TryComplete();
        base.Dispose(disposing);
    }
}
