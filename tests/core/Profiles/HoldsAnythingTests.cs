using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>Whatever field of a stored profile alone is filled, somebody is there: an erasure says so, and no store takes it for nothing.</summary>
public sealed class HoldsAnythingTests
{
    // Where the profile stands, what says how others are to be read, and what is kept of who is gone.
    private static readonly string[] _ofNobody =
    [
        "journal_sequence", "version", "erased_at_ms", "alias_of", "reference_ms", "half_life_s", "column_reference_ms", "column_categories",
        "first_seen_ms", "idle_from_ms", "countries_ms",
    ];

    public static TheoryData<string> Fields => [.. StoredProfile.Descriptor.Fields.InDeclarationOrder().Select(f => f.Name).Except(_ofNobody)];

    [Theory]
    [MemberData(nameof(Fields))]
    public void HoldsAnything_OneFieldAlone_DoesSo(string name)
    {
        StoredProfile full = Full();
        foreach (FieldDescriptor field in StoredProfile.Descriptor.Fields.InDeclarationOrder().Where(f => f.Name != name && !_ofNobody.Contains(f.Name)))
        {
            field.Accessor.Clear(full);
        }

        Assert.True(ProfileCodec.Load(full.Clone()).HoldsAnything);
        StoredProfile.Descriptor.FindFieldByName(name).Accessor.Clear(full);
        Assert.False(ProfileCodec.Load(full).HoldsAnything);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void Full_EveryField_IsFilled(string name)
    {
        StoredProfile bare = Full();
        StoredProfile.Descriptor.FindFieldByName(name).Accessor.Clear(bare);

        Assert.NotEqual(Full().ToByteString(), bare.ToByteString());
    }

    private static StoredProfile Full()
    {
        var time = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1 };
        V1.Consent denial = new() { Purpose = "sharing", Category = "*", Recipient = "*", Decision = V1.Consent.Types.Decision.Deny, Time = time };
        return new StoredProfile
        {
            Version = 1,
            Known = true,
            LastSeenMs = 1,
            Seen = { new StoredSeen { Categories = 1, FirstMs = 1, LastMs = 1 } },
            Interests = { new StoredInterest { Topic = "golf", Trust = Interest.Types.Trust.Rejected, TrustMs = 1, LastSeenMs = 1 } },
            Traits = { new StoredTrait { Name = "city", Value = "Lyon", TimeMs = 1 } },
            Counters = { new StoredCounter { Type = "view", Total = 1, Days = { 1 }, DaysCount = { 1 } } },
            RecentItems = { new StoredRecentItem { ItemId = "i1", Type = "view", TimeMs = 1 } },
            Sessions = { new StoredSession { StartMs = 1, LastMs = 1, Events = 1 } },
            Money = new StoredMoney { LastPurchaseMs = 1, Purchases = 1 },
            DeclaredMoney = new StoredMoney { LastPurchaseMs = 1, Purchases = 1 },
            Impressions = { new StoredImpression { Key = "i1", TimeMs = 1 } },
            AdImpressions = { new StoredImpression { Kind = StoredImpression.Types.Kind.Campaign, Key = "ad", TimeMs = 1 } },
            ContentImpressions = { new StoredImpression { Key = "i1", TimeMs = 1 } },
            AdImpressionsLostMs = 1,
            AdImpressionsLost = { new StoredLostImpressions { Recipient = "acme", TimeMs = 1 } },
            ContentImpressionsLostMs = 1,
            Consents = { denial.Clone() },
            ConsentHistory = { denial.Clone() },
            Aliases = { "cookie" },
            LinkedIds = { new StoredLinkedId { AnonymousId = "tablet", UnlinkedMs = 1 } },
            RememberedEvents = { 1 },
            TrustHistory = { new StoredTrustChange { Topic = "golf", TimeMs = 1 } },
            Countries = { "ES" },
            UndatedCountries = { "VN" },
            Segments = { new StoredSegment { SegmentId = "fans", EnteredMs = 1 } },
            ShownPicks = { new StoredShownPick { ItemId = "i1", TimeMs = 1 } },
            Disclosures = { new StoredDisclosure { Recipient = "acme", Count = 1, LastMs = 1 } },
            Probes = new StoredProbes { Topics = { new StoredProbe { Topic = "golf", DeclinedMs = 1 } } },
            AdAnswers = { new StoredAdAnswer { Key = "ad", DismissedMs = 1 } },
        };
    }
}
