using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Tests.Clients;
using Footprint.Grid.Core.Tests.Probes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>What evidence is relative to shows neither in what it is worth nor in what is stored.</summary>
public sealed class LandmarkTests
{
    private const long Day = 86_400_000;
    private const double HalfLifeDays = 14;
    private readonly ProbeWorld _grid = new();

    /// <summary>Its column was there before in one of them, begun by what is forgotten since.</summary>
    [Fact]
    public void Forget_WhatHadTheOthersColumnsBegin_LeavesTheSameBytes()
    {
        StoredProfile[] stored = [.. new[] { true, false }.Select(hasBought =>
        {
            ClientActor client = TenantWorld.NewClient();
            _grid.Confirm(client, "opera", isTrue: false);
            if (hasBought)
            {
                Record(client, "purchase", "ski", 40);
            }

            ClientActor cookie = TenantWorld.NewClient("cookie");
            Record(cookie, "view", "opera", 20);
            client.Link(_grid.Turn, cookie);
            Record(client, "view", "ski", 5);
            foreach (string purpose in TenantWorld.Keeping)
            {
                _grid.Deny(client, purpose, "purchases");
            }

            StoredProfile told = ProfileCodec.Save(client.Profile);
            (told.Version, told.JournalSequence) = (0, 0);
            told.RememberedEvents.Clear();
            return told;
        })];

        Assert.Equal(stored[1], stored[0]);
    }

    /// <summary>Half-lives of no whole number of milliseconds, too.</summary>
    [Fact]
    public void Affinity_WhateverMovedTheLandmark_IsTheSameToTheLastBit() => Prop.ForAll(
        Gen.Choose(0, 1_500).ToArbitrary(), Gen.Choose(0, 900).ToArbitrary(), Gen.Choose(60, 100_000).ToArbitrary(), (before, latest, seconds) =>
        {
            double halfLife = seconds / 0.7;
            var alone = new ClientProfile();
            var among = new ClientProfile();
            Act(among, "ski", -before * halfLife, halfLife);
            Act(alone, "golf", 0, halfLife);
            Act(among, "golf", 0, halfLife);
            Act(among, "chess", latest * halfLife, halfLife);
            ClientProfile again = ProfileCodec.Decode(ProfileCodec.Encode(among));
            long at = Acts.Start + (long)((latest + 7.3) * halfLife * 1000);
            double expected = alone.Interests.Affinity(0, at);

            return (expected == among.Interests.Affinity(among.Interests.Find("golf"), at) && expected == again.Interests.Affinity(again.Interests.Find("golf"), at))
                .Label($"{expected:R} and {among.Interests.Affinity(among.Interests.Find("golf"), at):R}");
        }).QuickCheckThrowOnFailure();

    /// <summary>Anywhere, and columns in the order in which they began.</summary>
    [Fact]
    public void Load_LandmarksOfEarlierVersions_SameEvidenceAndStoredAlikeFromThenOn()
    {
        var stored = new StoredProfile { FirstSeenMs = Acts.Start, LastSeenMs = Acts.Start };
        stored.HalfLifeS.Add([HalfLifeDays * 86_400, 86_400]);
        stored.ColumnReferenceMs.Add([Acts.Start - 1_234_567, Acts.Start - (3 * Day)]);
        stored.ColumnCategories.Add([(uint)(DataCategories.Purchases | DataCategories.Inferred), (uint)(DataCategories.Behaviour | DataCategories.Inferred)]);
        stored.Interests.Add(new StoredInterest { Topic = "golf", Trust = Interest.Types.Trust.Inferred, LastSeenMs = Acts.Start, Evidence = { 3, 40 } });

        ClientProfile profile = ProfileCodec.Load(stored.Clone());

        double expected = (3 * Math.Pow(2, -1_234_567 / (HalfLifeDays * Day))) + (40 * Math.Pow(2, -3));
        Assert.Equal(expected, profile.Interests.Affinity(0, Acts.Start), 9);
        StoredProfile saved = ProfileCodec.Save(profile);
        Assert.Equal(stored.ColumnCategories.Order(), saved.ColumnCategories);
        Assert.Equal(saved, ProfileCodec.Save(ProfileCodec.Load(saved.Clone())));
    }

    // A version that knows no confirmations stores what they add as one more column of the same evidence.
    [Fact]
    public void Load_TwoColumnsOfOneKey_AddUp()
    {
        const uint Viewed = (uint)(DataCategories.Behaviour | DataCategories.Inferred);
        var stored = new StoredProfile { FirstSeenMs = Acts.Start, LastSeenMs = Acts.Start };
        stored.HalfLifeS.Add([86_400, 86_400]);
        stored.ColumnReferenceMs.Add([Acts.Start - (4000L * (long)Day), Acts.Start]);
        stored.ColumnCategories.Add([Viewed, Viewed]);
        stored.Interests.Add(new StoredInterest { Topic = "golf", Trust = Interest.Types.Trust.Inferred, LastSeenMs = Acts.Start, Evidence = { 3, 2 } });
        stored.Interests.Add(new StoredInterest { Topic = "ski", Trust = Interest.Types.Trust.Inferred, LastSeenMs = Acts.Start, Evidence = { 0, 5 } });

        ClientProfile profile = ProfileCodec.Load(stored);

        Assert.Equal(2, profile.Interests.Affinity(0, Acts.Start), 9);
        Assert.Equal(5, profile.Interests.Affinity(1, Acts.Start), 9);
    }

    private static void Act(ClientProfile profile, string topic, double secondsAfter, double halfLifeSeconds) => profile.Apply(new JournalEntry
    {
        Sequence = profile.JournalSequence + 1,
        Event = new StoredEvent
        {
            Type = "view",
            TimeMs = Acts.Start + (long)(secondsAfter * 1000),
            Weight = 3,
            HalfLifeS = halfLifeSeconds,
            Categories = (uint)DataCategories.Behaviour,
            Topics = { new TopicWeight { Topic = topic, Weight = 1 } },
        },
    });

    private void Record(ClientActor client, string type, string topic, int daysAgo) =>
        _grid.Record(client, new FootprintEvent { EventId = $"{type}-{topic}", Type = type, Time = TenantWorld.At(_grid.NowMs - (daysAgo * Day)), Topics = { new TopicWeight { Topic = topic, Weight = 1 } } });
}
