using System.Buffers;
using Footprint.Grid.Api.Operations;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Api.Tests.Operations;

public sealed class StreamRequestPoolTests
{
    private readonly StreamRequestPool _pool = new();

    [Fact]
    public void TryParse_AfterReturn_SameMessageWithNothingOfBefore()
    {
        var before = _pool.TryParse(Bytes(new StreamRequest { Events = { Event("a", "i"), Event("b", "j") } }));
        _pool.Return(before!);
        Assert.All(before!.Events, e => Assert.Equal(new FootprintEvent(), e));
        var request = new StreamRequest { Sequence = 7, Events = { Event("c", "") } };

        var after = _pool.TryParse(Bytes(request));

        Assert.Same(before, after);
        Assert.Equal(request, after);
    }

    [Fact]
    public void TryParse_BytesInTwoSegments_Read()
    {
        var request = new StreamRequest { Sequence = 7, Events = { Event("c", "i") } };
        var bytes = request.ToByteArray();
        var last = new Segment(bytes.AsMemory(5), null, 5);
        var first = new Segment(bytes.AsMemory(0, 5), last, 0);

        Assert.Equal(request, _pool.TryParse(new ReadOnlySequence<byte>(first, 0, last, bytes.Length - 5)));
    }

    [Fact]
    public void TryParse_NoMessage_LeftToTheGeneratedCode() => Assert.Null(_pool.TryParse(new ReadOnlySequence<byte>([0xFF, 0xFF])));

    [Fact]
    public void Return_MoreEventsThanABatchMayHave_NotKept()
    {
        var large = new StreamRequest();
        large.Events.AddRange(Enumerable.Range(0, 1001).Select(_ => new FootprintEvent()));
        _pool.Return(large);

        Assert.NotSame(large, _pool.TryParse(Bytes(new StreamRequest { Sequence = 1 })));
    }

    private static FootprintEvent Event(string id, string item) => new() { EventId = id, ClientId = "c", Type = "view", ItemId = item };

    private static ReadOnlySequence<byte> Bytes(StreamRequest request) => new(request.ToByteArray());

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? next, long index)
        {
            Memory = memory;
            Next = next;
            RunningIndex = index;
        }
    }
}
