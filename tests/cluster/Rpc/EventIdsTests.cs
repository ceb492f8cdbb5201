using Footprint.Grid.Gateway.Cluster;
using Footprint.Grid.Grains.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Footprint.Grid.Cluster.Tests.Rpc;

public sealed class EventIdsTests
{
    [Fact]
    public void Batch_WithAllIds_IsTheSameMemory()
    {
        ReadOnlyMemory<byte> bytes = Batch("a", "b").ToByteArray();

        Assert.True(bytes.Equals(EventIds.Fill(ClientOperation.Record, bytes)));
    }

    [Fact]
    public void Batch_WithoutSome_GetsThoseAndKeepsAllElse()
    {
        var batch = Batch("a", "", "c", "");

        var filled = RecordRequest.Parser.ParseFrom(EventIds.Fill(ClientOperation.Record, batch.ToByteArray()).Span);

        Assert.Equal(["a", "c"], [filled.Events[0].EventId, filled.Events[2].EventId]);
        Assert.Equal(4, filled.Events.Select(one => one.EventId).Where(id => id.Length > 0).Distinct().Count());
        filled.Events[1].EventId = filled.Events[3].EventId = "";
        Assert.Equal(batch, filled);
    }

    [Fact]
    public void Stream_WithoutIds_KeepsItsSequence()
    {
        var message = new StreamRequest { Sequence = 7, Events = { new FootprintEvent { ClientId = "c", Type = "view" } } };

        var filled = StreamRequest.Parser.ParseFrom(EventIds.Fill(ClientOperation.Stream, message.ToByteArray()).Span);

        Assert.Equal(7ul, filled.Sequence);
        Assert.NotEqual("", Assert.Single(filled.Events).EventId);
    }

    [Fact]
    public void Bytes_ThatAreNoBatch_AreLeftToTheEngine() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var filled = EventIds.Fill(ClientOperation.Record, bytes);
            return Parses(bytes) || filled.Span.SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();

    private static bool Parses(byte[] bytes)
    {
        try
        {
            RecordRequest.Parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static RecordRequest Batch(params string[] ids)
    {
        var batch = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable };
        batch.Events.AddRange(ids.Select(id => new FootprintEvent { EventId = id, ClientId = "c", Type = "view" }));
        return batch;
    }
}
