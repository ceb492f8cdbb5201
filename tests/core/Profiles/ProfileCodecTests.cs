using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Tests.Profiles;

public sealed class ProfileCodecTests
{
    private static readonly ClientProfile _profile = Acts.Profile([Acts.Event(0, 1, 2, 3, Acts.Start, 10), Acts.Event(3, 4, 5, 6, Acts.Start + 1000, 20)]);

    [Fact]
    public void Decode_UnknownFieldsAtTheTopAndInside_WrittenBack()
    {
        StoredProfile stored = ProfileCodec.Save(_profile);
        byte[] bytes = [.. WithUnknown(stored, s => s.Interests[0]), .. Unknown(901, 7)];

        StoredProfile back = StoredProfile.Parser.ParseFrom(ProfileOf(ProfileCodec.Encode(ProfileCodec.Decode(Wrap(bytes)))));

        Assert.Equal(Sorted(bytes), Sorted(back.ToByteArray()));
        Assert.Equal(StoredProfile.Parser.ParseFrom(bytes), back);
    }

    [Fact]
    public void Decode_UnknownFields_StayWhenTheProfileChanges()
    {
        byte[] bytes = [.. ProfileCodec.Save(_profile).ToByteArray(), .. Unknown(901, 7)];
        ClientProfile profile = ProfileCodec.Decode(Wrap(bytes));

        profile.Apply(new JournalEntry { Sequence = profile.JournalSequence + 1, Event = Acts.Event(1, 9, 9, 9, Acts.Start + 5000, 1) });

        byte[] after = ProfileOf(ProfileCodec.Encode(profile));
        Assert.EndsWith(Convert.ToHexString(Unknown(901, 7)), Convert.ToHexString(after));
    }

    [Fact]
    public void Decode_EveryFlippedByte_RefusedOrEqual()
    {
        byte[] bytes = ProfileCodec.Encode(_profile);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] broken = [.. bytes];
            broken[i] ^= 0x41;

            // The envelope's own field numbers may turn into unknown ones; the profile's bytes never pass changed.
            try
            {
                Assert.Null(SameProfile.Difference(_profile, ProfileCodec.Decode(broken)));
            }
            catch (CorruptRecordException)
            {
            }
        }
    }

    [Fact]
    public void Decode_ProfileOfFormatOne_KeptWithAllCategoriesThatItMayHave()
    {
        var stored = new StoredProfile
        {
            Version = 3,
            FirstSeenMs = Acts.Start,
            LastSeenMs = Acts.Start,
            ReferenceMs = Acts.Start - 1234,
            HalfLifeS = { 86_400, 3600 },
            Interests = { new StoredInterest { Topic = "golf", Evidence = { 2, 1 }, PassiveCount = 2, Trust = Footprint.Grid.V1.Interest.Types.Trust.Inferred, LastSeenMs = Acts.Start } },
            Traits = { new StoredTrait { Name = "city", Value = "Paris", Provenance = Footprint.Grid.V1.Trait.Types.Provenance.Declared, TimeMs = Acts.Start } },
            Counters = { new StoredCounter { Type = "view", Total = 2 } },
        };
        byte[] bytes = stored.ToByteArray();
        var old = new Checkpoint { Format = 1, Checksum = XxHash64.Hash(bytes), Profile = ByteString.CopyFrom(bytes) };

        ClientProfile profile = ProfileCodec.Decode(ProfileCodec.Encode(ProfileCodec.Decode(old.ToByteArray())));

        double expected = (2 * Math.Pow(2, -1234 / 86_400_000.0)) + Math.Pow(2, -1234 / 3_600_000.0);
        Assert.Equal(expected, profile.Interests.Affinity(0, Acts.Start), 12);
        Assert.Equal(0, profile.Interests.Affinity(0, Acts.Start, DataCategories.All & ~DataCategories.Purchases));
        Assert.Equal(DataCategories.Acts, profile.Counters.Find("view")!.Categories);
        Assert.Equal(Footprint.Grid.V1.Interest.Types.Trust.Declared, profile.Traits.Find("city")!.Trust);
    }

    [Fact]
    public void Decode_FormatFromTheFuture_Refused()
    {
        Checkpoint checkpoint = Checkpoint.Parser.ParseFrom(ProfileCodec.Encode(_profile));
        checkpoint.Format = ProfileCodec.Format + 1;

        var refusal = Assert.Throws<CorruptRecordException>(() => ProfileCodec.Decode(checkpoint.ToByteArray()));

        Assert.Contains($"format {ProfileCodec.Format + 1}", refusal.Message, StringComparison.Ordinal);
    }

    private static byte[] WithUnknown(StoredProfile stored, Func<StoredProfile, IMessage> entry)
    {
        StoredProfile copy = stored.Clone();
        entry(copy).MergeFrom(Unknown(77, 3));
        return copy.ToByteArray();
    }

    private static byte[] Unknown(int field, byte value)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteRawTag(value);
        }

        return stream.ToArray();
    }

    private static byte[] Wrap(byte[] profile) => new Checkpoint
    {
        Format = ProfileCodec.Format,
        Checksum = XxHash64.Hash(profile),
        Profile = ByteString.CopyFrom(profile),
    }.ToByteArray();

    private static byte[] ProfileOf(byte[] checkpoint) => Checkpoint.Parser.ParseFrom(checkpoint).Profile.ToByteArray();

    private static string Sorted(byte[] bytes) => string.Join(',', bytes.Order());
}
