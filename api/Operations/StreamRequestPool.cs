using System.Buffers;
using System.Collections.Concurrent;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Api.Operations;

/// <summary>Messages of event streams with all their events. Bounded; messages beyond the size of a batch are not kept.</summary>
internal sealed class StreamRequestPool : IRequestPool<StreamRequest>
{
    private const int MaxKept = 64;
    private const int MaxEvents = 1000;

    private readonly ConcurrentQueue<StreamRequest> _kept = new();

    public StreamRequest? TryParse(in ReadOnlySequence<byte> bytes)
    {
        StreamRequest request = _kept.TryDequeue(out var kept) ? kept : new StreamRequest();
        if (bytes.IsSingleSegment)
        {
            return StreamRequestDecoder.TryDecode(bytes.FirstSpan, request) ? request : null;
        }

        var length = (int)bytes.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        bytes.CopyTo(joined);
        var isRead = StreamRequestDecoder.TryDecode(joined.AsSpan(0, length), request);
        ArrayPool<byte>.Shared.Return(joined);
        return isRead ? request : null;
    }

    public void Return(StreamRequest request)
    {
        if (_kept.Count < MaxKept && request.Events.Count <= MaxEvents)
        {
            StreamRequestDecoder.Clear(request);
            _kept.Enqueue(request);
        }
    }
}
