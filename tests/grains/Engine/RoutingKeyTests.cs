using Footprint.Grid.Grains.Engine;
using Footprint.Grid.Grains.Tests.Support;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Grains.Tests.Engine;

public sealed class RoutingKeyTests
{
    [Theory]
    [InlineData("c1")]
    [InlineData("")]
    [InlineData("ключ/€")]
    public void OfDecision_AnyClient_IsWhatTheParserReads(string client)
    {
        var request = new PickContentRequest { ClientId = client, Placement = "home", Count = 3, Candidates = { "a", "b" }, DeadlineMs = 200 };

        Assert.Equal(client, RoutingKey.OfDecision(request.ToByteArray(), out int deadlineMs));
        Assert.Equal(200, deadlineMs);
        var ads = new TargetAdsRequest { ClientId = client, Placement = "top", DeadlineMs = 5, Count = 2 };
        Assert.Equal(client, RoutingKey.OfDecision(ads.ToByteArray(), out deadlineMs));
        Assert.Equal(5, deadlineMs);
    }

    [Fact]
    public void OfBatch_OneClient_IsFound()
    {
        var request = new RecordRequest { Ack = RecordRequest.Types.Ack.Durable, Events = { Acts.View("e1"), Acts.View("e2") } };

        Assert.Equal("c1", RoutingKey.OfBatch(request.ToByteArray(), out bool haveIds));
        Assert.True(haveIds);
    }

    [Fact]
    public void OfBatch_AnEventWithoutAnId_IsNotToBeRepeated()
    {
        var request = new StreamRequest { Sequence = 7, Events = { Acts.View("e1"), Acts.View("") } };

        Assert.Equal("c1", RoutingKey.OfBatch(request.ToByteArray(), out bool haveIds));
        Assert.False(haveIds);
    }

    [Theory]
    [InlineData("c1", "c2")]
    [InlineData("c1", "")]
    [InlineData("", "c1")]
    public void OfBatch_SeveralClientsOrNone_IsForTheParser(string one, string other)
    {
        var request = new RecordRequest { Events = { Acts.View("e1", one), Acts.View("e2", other) } };

        Assert.Null(RoutingKey.OfBatch(request.ToByteArray(), out _));
    }

    [Fact]
    public void OfAnything_CutOffAnywhere_NeverThrows()
    {
        byte[] bytes = new RecordRequest { Events = { Acts.View("e1"), Acts.View("e2") } }.ToByteArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            RoutingKey.OfBatch(bytes.AsSpan(0, length), out _);
            RoutingKey.OfDecision(bytes.AsSpan(0, length), out _);
        }

        Assert.Null(RoutingKey.OfDecision([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], out _));
        Assert.Null(RoutingKey.OfDecision([0x0B], out _));
    }
}
