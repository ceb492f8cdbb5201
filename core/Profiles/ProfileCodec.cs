using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Turns profiles into the bytes that stores hold and back, lossless; fields that a newer version wrote are kept and
/// written back.
/// </summary>
public static class ProfileCodec
{
    /// <summary>The checkpoint format that this version writes, and the highest that it reads.</summary>
    public const uint Format = 2;

    private static readonly MessageParser<StoredProfile> _knownFields = StoredProfile.Parser.WithDiscardUnknownFields(true);

    /// <summary>The bytes of a <see cref="Checkpoint"/>.</summary>
    public static byte[] Encode(ClientProfile profile)
    {
        byte[] bytes = Save(profile).ToByteArray();
        return new Checkpoint
        {
            Format = Format,
            Checksum = XxHash64.Hash(bytes),
            Profile = UnsafeByteOperations.UnsafeWrap(bytes),
        }.ToByteArray();
    }

    /// <exception cref="CorruptRecordException">Not a checkpoint, a wrong checksum, or a format from the future.</exception>
    public static ClientProfile Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Checkpoint checkpoint = Checkpoint.Parser.ParseFrom(bytes);
            if (checkpoint.Format is 0 or > Format)
            {
                throw new CorruptRecordException($"Checkpoint format {checkpoint.Format} is not known; the highest known is {Format}.");
            }

            if (XxHash64.Hash(checkpoint.Profile.Span) != checkpoint.Checksum)
            {
                throw new CorruptRecordException("The checkpoint's checksum does not match its bytes.");
            }

            StoredProfile stored = _knownFields.ParseFrom(checkpoint.Profile);
            ClientProfile profile = Load(stored);
            profile.Unknown = UnknownFields.Of(checkpoint.Profile, stored);
            return profile;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            // The parser lets the latter escape when a varint is cut off where a span ends.
            throw new CorruptRecordException("The bytes are not a checkpoint.", e);
        }
    }

    public static StoredProfile Save(ClientProfile profile)
    {
        var stored = new StoredProfile
        {
            JournalSequence = profile.JournalSequence,
            Version = profile.Version,
            FirstSeenMs = profile.FirstSeenMs,
            LastSeenMs = profile.LastSeenMs,
            AliasOf = profile.AliasOf ?? "",
            ErasedAtMs = profile.ErasedAtMs,
            Known = profile.IsKnown,
            IdleFromMs = profile.IdleFromMs,
        };
        stored.Aliases.AddRange(profile.Aliases);
        stored.LinkedIds.AddRange(profile.LinkedIds?.Save() ?? []);
        profile.Seen.Save(stored.Seen);
        InterestCodec.Save(profile.Interests, stored);
        profile.Traits.Save(stored.Traits);
        CounterCodec.Save(profile.Counters, stored.Counters);
        profile.RecentItems.Save(stored.RecentItems);
        profile.Sessions.Save(stored.Sessions);
        profile.Money.Save(stored);
        profile.Impressions.Save(stored.Impressions);
        profile.AdImpressions.Save(stored.AdImpressions);
        profile.AdImpressions.Lost?.Save(stored);
        profile.ContentImpressions.Save(stored.ContentImpressions);
        stored.ContentImpressionsLostMs = profile.ContentImpressions.LostMs;
        profile.AdAnswers?.Save(stored.AdAnswers);
        profile.ShownPicks.Save(stored.ShownPicks);
        profile.Consents.Save(stored.Consents, stored.ConsentHistory);
        profile.RememberedEvents.Save(stored.RememberedEvents);
        stored.Countries.AddRange(profile.Whereabouts.Last);
        stored.CountriesMs = profile.Whereabouts.LastMs;
        stored.UndatedCountries.AddRange(profile.Whereabouts.Undated);
        profile.TrustHistory.Save(stored.TrustHistory);
        profile.Segments.Save(stored.Segments);
        profile.Disclosures.Save(stored.Disclosures);
        stored.Probes = profile.Probes?.Save();
        profile.Unknown?.PutBack(stored);
        return stored;
    }

    /// <summary>A profile of those contents. Takes parts of the message over: the caller must not change it any more.</summary>
    /// <exception cref="CorruptRecordException">The contents are none that any version wrote.</exception>
    public static ClientProfile Load(StoredProfile stored)
    {
        StoredChecks.Check(stored);
        var profile = new ClientProfile
        {
            JournalSequence = stored.JournalSequence,
            Version = stored.Version,
            AliasOf = stored.AliasOf.Length == 0 ? null : stored.AliasOf,
            ErasedAtMs = stored.ErasedAtMs,
            IsKnown = stored.Known || stored.Aliases.Count > 0 || stored.LinkedIds.Count > 0,
            IdleFromMs = stored.IdleFromMs,
        };
        var strings = new SharedStrings();
        profile.Aliases.UnionWith(stored.Aliases);
        profile.Take(stored.LinkedIds);
        profile.State(Whereabouts.At(stored.Countries, stored.CountriesMs));
        profile.State(Whereabouts.At(stored.UndatedCountries, 0));
        profile.TrustHistory.Load(stored.TrustHistory);
        profile.Seen.Load(stored);
        InterestCodec.Load(stored, profile.Interests, strings);
        profile.Traits.Load(stored.Traits);
        CounterCodec.Load(stored.Counters, profile.Counters, strings);
        profile.RecentItems.Load(stored.RecentItems, strings);
        profile.Sessions.Load(stored);
        profile.Money.Load(stored, strings);
        profile.Impressions.Load(stored.Impressions, strings);
        profile.AdImpressions.Load(stored.AdImpressions.Where(i => i.Kind != StoredImpression.Types.Kind.Item), strings);
        profile.AdImpressions.Lost = LostImpressions.Load(stored.AdImpressionsLostMs, stored.AdImpressionsLost);
        profile.ContentImpressions.Load(stored.AdImpressions.Where(i => i.Kind == StoredImpression.Types.Kind.Item), strings);
        profile.ContentImpressions.Load(stored.ContentImpressions, strings);
        profile.ContentImpressions.Lost = LostImpressions.Load(stored.ContentImpressionsLostMs, []);
        profile.AdAnswers = AdAnswers.Load(stored.AdAnswers);
        profile.ShownPicks.Load(stored.ShownPicks, strings);
        profile.Consents.Load(stored.Consents, stored.ConsentHistory);
        profile.RememberedEvents.Load(stored.RememberedEvents);
        profile.Segments.Load(stored.Segments, strings);
        profile.Disclosures.Load(stored.Disclosures, strings);
        profile.Probes = ProbeMemory.Load(stored.Probes);
        return profile;
    }
}
