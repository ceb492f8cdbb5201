using Footprint.Grid.Engine;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Contracts.Tests;

public sealed class StreamRequestDecoderTests
{
    [Fact]
    public void TryDecode_AnyRequestIntoAUsedOne_WhatTheGeneratedCodeReads() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        StreamRequest request = Any(random);
        StreamRequest into = Any(random);

        return StreamRequestDecoder.TryDecode(request.ToByteArray(), into) && into.Equals(request);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryDecode_DamagedBytes_LeftToTheGeneratedCodeOrReadAsItDoes() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        byte[] bytes = Any(random).ToByteArray();
        for (int i = random.Next(4); i > 0 && bytes.Length > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        bytes = bytes[..random.Next(bytes.Length + 1)];
        var into = new StreamRequest();

        return !StreamRequestDecoder.TryDecode(bytes, into) || into.Equals(Generated(bytes));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryDecode_PlainEvents_EventsUsedAgain()
    {
        var into = new StreamRequest { Events = { new FootprintEvent { EventId = "old", Topics = { new TopicWeight() } } } };
        FootprintEvent used = into.Events[0];
        var request = new StreamRequest { Events = { new FootprintEvent { EventId = "e", ClientId = "c", Type = "view" } } };

        Assert.True(StreamRequestDecoder.TryDecode(request.ToByteArray(), into));

        Assert.Same(used, Assert.Single(into.Events));
        Assert.Equal(request, into);
    }

    [Fact]
    public void Clear_EventWithEveryField_AsNew()
    {
        StreamRequest request = new() { Events = { Full() } };
        Assert.All(FootprintEvent.Descriptor.Fields.InDeclarationOrder(), field => Assert.NotEqual(
            field.Accessor.GetValue(new FootprintEvent()), field.Accessor.GetValue(request.Events[0])));

        StreamRequestDecoder.Clear(request);

        Assert.Equal(new FootprintEvent(), request.Events[0]);
    }

    private static StreamRequest? Generated(byte[] bytes)
    {
        try
        {
            return StreamRequest.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static StreamRequest Any(Random random)
    {
        var request = new StreamRequest { Ack = (RecordRequest.Types.Ack)random.Next(3), Sequence = random.Next(3) == 0 ? 0 : (ulong)random.NextInt64() >> random.Next(63) };
        for (int i = random.Next(5); i > 0; i--)
        {
            request.Events.Add(random.Next(4) == 0 ? Full() : Plain(random));
        }

        return request;
    }

    private static FootprintEvent Plain(Random random) => new()
    {
        EventId = AnyText.Of(random),
        ClientId = AnyText.Of(random),
        Type = AnyText.Of(random),
        ItemId = AnyText.Of(random),
        Time = random.Next(2) == 0 ? null : new Timestamp { Seconds = random.NextInt64(-5, 2_000_000_000), Nanos = random.Next(3) * 1000 },
        Channel = (FootprintEvent.Types.Channel)random.Next(-1, 8),
        Kind = (FootprintEvent.Types.Kind)random.Next(3),
        Visibility = (FootprintEvent.Types.Visibility)random.Next(3),
    };

    private static FootprintEvent Full() => new()
    {
        EventId = "e",
        ClientId = "c",
        Type = "purchase",
        Time = new Timestamp { Seconds = 1 },
        Channel = FootprintEvent.Types.Channel.App,
        ItemId = "i",
        Topics = { new TopicWeight { Topic = "t", Weight = 1 } },
        Value = new Footprint.Grid.V1.Value { Amount = 2, Currency = "EUR" },
        Properties = { ["query"] = "irons" },
        Kind = FootprintEvent.Types.Kind.Active,
        Visibility = FootprintEvent.Types.Visibility.Private,
        Context = new Context { Channel = FootprintEvent.Types.Channel.Web },
        Traits = { new TraitValue { Name = "n", Value = "v", Category = "k" } },
        Source = "crm",
        Imported = true,
    };
}
