using Footprint.Grid.Engine;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Gateway.Cluster;

/// <summary>
/// Sees to it that every event of a batch has an id before it leaves, so that the batch may be sent twice: the second time it is
/// known. A batch that has them all, which is what most callers send, is only looked through.
/// </summary>
internal static class EventIds
{
    /// <summary>The same bytes when nothing is missing, or when they are no such message: the engine says so better.</summary>
    public static ReadOnlyMemory<byte> Fill(ClientOperation operation, ReadOnlyMemory<byte> request)
    {
        try
        {
            return HasAll(request.Span) ? request : operation == ClientOperation.Stream
                ? FillStream(StreamRequest.Parser.ParseFrom(request.Span))
                : FillRecord(RecordRequest.Parser.ParseFrom(request.Span));
        }
        catch (Exception malformed) when (malformed is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            return request;
        }
    }

    private static void Fill(IEnumerable<FootprintEvent> events)
    {
        foreach (var one in events)
        {
            if (one.EventId.Length == 0)
            {
                one.EventId = Guid.CreateVersion7().ToString("N");
            }
        }
    }

    private static byte[] FillRecord(RecordRequest request)
    {
        Fill(request.Events);
        return request.ToByteArray();
    }

    private static byte[] FillStream(StreamRequest request)
    {
        Fill(request.Events);
        return request.ToByteArray();
    }

    // The events have the same number in both kinds of batch.
    private static bool HasAll(ReadOnlySpan<byte> batch)
    {
        var fields = new WireFields(batch);
        while (fields.Next())
        {
            if (fields.Number == RecordRequest.EventsFieldNumber && fields.IsBytes && !HasId(fields.Bytes))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasId(ReadOnlySpan<byte> one)
    {
        var fields = new WireFields(one);
        while (fields.Next())
        {
            if (fields.Number == FootprintEvent.EventIdFieldNumber && fields.IsBytes)
            {
                return !fields.Bytes.IsEmpty;
            }
        }

        return false;
    }
}
