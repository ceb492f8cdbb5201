using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Contracts.Tests;

public sealed class JournalEntryEncoderTests
{
    private static readonly FieldDescriptor[] _rare =
        [.. new[] { "source", "imported", "traits_only", "country", "answer", "campaign_id", "line_item_id", "dismissed", "converted" }.Select(StoredEvent.Descriptor.FindFieldByName)];

    [Fact]
    public void Encode_AnyEvent_SameBytesAsTheGeneratedCode() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        JournalEntry entry = Any(new Random(seed));

        return JournalEntryEncoder.Encode(entry).SequenceEqual(entry.ToByteArray());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Encode_EveryFieldOfAnEvent_IsWritten()
    {
        var e = new StoredEvent
        {
            IdHash = 1,
            Type = "purchase",
            TimeMs = 2,
            ItemId = "i",
            Topics = { new TopicWeight { Topic = "t", Weight = 3 } },
            Weight = 4,
            HalfLifeS = 5,
            Active = true,
            Purchase = true,
            Value = new Value { Amount = 6, Currency = "EUR" },
            Traits = { new TraitValue { Name = "n", Value = "v", Category = "c" } },
            Spent = true,
            Declared = true,
            Categories = 8,
            Channel = FootprintEvent.Types.Channel.Store,
        };
        Assert.All(StoredEvent.Descriptor.Fields.InDeclarationOrder().Except(_rare), field => Assert.NotEqual(
            field.Accessor.GetValue(new StoredEvent()), field.Accessor.GetValue(e)));
        var entry = new JournalEntry { Sequence = 7, Event = e };

        Assert.Equal(entry, JournalEntry.Parser.ParseFrom(JournalEntryEncoder.Encode(entry)));
    }

    [Fact]
    public void Encode_AnyRareField_LeftToTheGeneratedCode() => Assert.All(_rare, field =>
    {
        var e = new StoredEvent { Type = "view" };
        field.Accessor.SetValue(e, field.FieldType switch { FieldType.Bool => true, FieldType.Message => new StoredProbeAnswer(), _ => "x" });

        Assert.True(JournalEntryEncoder.Encode(new JournalEntry { Event = e }).IsEmpty);
    });

    [Fact]
    public void Encode_AnythingElse_LeftToTheGeneratedCode()
    {
        var entry = new JournalEntry { Sequence = 1, Erased = new JournalEntry.Types.Erased { TimeMs = 1 } };

        Assert.True(JournalEntryEncoder.Encode(entry).IsEmpty);
    }

    [Fact]
    public void Encode_MoreThanTheBuffer_LeftToTheGeneratedCode()
    {
        var entry = new JournalEntry { Sequence = 1, Event = new StoredEvent { Type = new string('x', 70_000) } };

        Assert.True(JournalEntryEncoder.Encode(entry).IsEmpty);
    }

    private static JournalEntry Any(Random random)
    {
        var e = new StoredEvent
        {
            IdHash = (ulong)random.NextInt64(),
            Type = AnyText.Of(random),
            TimeMs = random.NextInt64(-10, 2_000_000_000_000),
            ItemId = AnyText.Of(random),
            Weight = random.Next(3) == 0 ? 0 : random.NextDouble() - 0.5,
            HalfLifeS = random.Next(100_000),
            Active = random.Next(2) == 0,
            Purchase = random.Next(2) == 0,
            Value = random.Next(2) == 0 ? null : new Value { Amount = random.Next(3), Currency = AnyText.Of(random) },
            Spent = random.Next(2) == 0,
            Declared = random.Next(2) == 0,
            Categories = (uint)random.Next(128),
            Channel = (FootprintEvent.Types.Channel)random.Next(7),
        };
        for (int i = random.Next(4); i > 0; i--)
        {
            e.Topics.Add(new TopicWeight { Topic = AnyText.Of(random), Weight = random.Next(3) });
            e.Traits.Add(new TraitValue { Name = AnyText.Of(random), Value = AnyText.Of(random), Category = AnyText.Of(random) });
        }

        return new JournalEntry { Sequence = (ulong)random.NextInt64() >> random.Next(63), Event = e };
    }
}
