using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Profiles;

public sealed class ClientProfileBoundTests
{
    [Fact]
    public void Apply_WhateverIsSent_NoDimensionPassesItsBound()
    {
        var profile = new ClientProfile();
        for (int n = 0; n < 5000; n++)
        {
            profile.Apply(new JournalEntry { Sequence = (ulong)n + 1, Event = Flood(n) });
            profile.Segments.Enter($"s{n}", n);
            Assert.True(profile.Interests.Count <= ProfileLimits.Interests);
        }

        StoredProfile stored = ProfileCodec.Save(profile);
        Assert.Equal(ProfileLimits.Interests, stored.Interests.Count);
        Assert.Equal(ProfileLimits.RecentItems, stored.RecentItems.Count);
        Assert.Equal(ProfileLimits.Traits, stored.Traits.Count);
        Assert.Equal(ProfileLimits.Segments, stored.Segments.Count);
        Assert.Equal(ProfileLimits.RememberedEvents, stored.RememberedEvents.Count);
        Assert.Equal(ProfileLimits.EventTypes, stored.Counters.Count);
        Assert.Equal(ProfileLimits.Sessions, stored.Sessions.Count);
        Assert.Equal(ProfileLimits.HalfLives, stored.HalfLifeS.Count);
        Assert.Equal(ProfileLimits.Currencies, stored.Money.Spent.Count);
        Assert.All(stored.Counters, c => Assert.True(c.FiveMinutes.Count <= 13 && c.Hours.Count <= 25 && c.Days.Count <= 31));
        Assert.True(ProfileCodec.Encode(profile).Length < 100_000, $"a full profile has {ProfileCodec.Encode(profile).Length} bytes");
    }

    [Fact]
    public void Apply_PastTheBound_WeakestInferredInterestGoes()
    {
        var profile = new ClientProfile();
        ulong sequence = 0;
        profile.Apply(new JournalEntry
        {
            Sequence = ++sequence,
            InterestAnswered = new JournalEntry.Types.InterestAnswered { Topic = "spoken", Trust = Interest.Types.Trust.Rejected, TimeMs = Acts.Start },
        });
        for (int n = 0; n < ProfileLimits.Interests; n++)
        {
            var e = new StoredEvent { Type = "view", TimeMs = Acts.Start, Weight = 1 + n, HalfLifeS = 86_400, IdHash = (ulong)n };
            e.Topics.Add(new TopicWeight { Topic = $"t{n}", Weight = 1 });
            profile.Apply(new JournalEntry { Sequence = ++sequence, Event = e });
        }

        Assert.Equal(ProfileLimits.Interests, profile.Interests.Count);
        Assert.Equal(-1, profile.Interests.Find("t0"));
        Assert.True(profile.Interests.Find("t1") >= 0);
        Assert.True(profile.Interests.Find("spoken") >= 0);
    }

    [Fact]
    public void Apply_PastTheBoundOfWhatWasSpokenAbout_RejectionsStay()
    {
        var profile = new ClientProfile();
        ulong sequence = 0;
        void Answer(string topic, string trait, Interest.Types.Trust trust) => profile.Apply(new JournalEntry
        {
            Sequence = ++sequence,
            InterestAnswered = new JournalEntry.Types.InterestAnswered { Topic = topic, Trait = trait, Trust = trust, TimeMs = Acts.Start, Weight = 1, HalfLifeS = 86_400 },
        });
        void State(string name, long timeMs) => profile.Apply(new JournalEntry
        {
            Sequence = ++sequence,
            Event = new StoredEvent { Type = "form", TimeMs = timeMs, Active = true, Traits = { new TraitValue { Name = name, Value = "v" } }, IdHash = sequence },
        });
        State("no", Acts.Start - 1);
        Answer("no", "", Interest.Types.Trust.Rejected);
        Answer("", "no", Interest.Types.Trust.Rejected);
        for (int n = 0; n <= ProfileLimits.Interests; n++)
        {
            Answer($"t{n}", "", Interest.Types.Trust.Confirmed);
            State($"t{n}", Acts.Start + 1);
        }

        Assert.Equal(Interest.Types.Trust.Rejected, profile.Interests[profile.Interests.Find("no")].Trust);
        Assert.Equal(Interest.Types.Trust.Rejected, profile.Traits.Find("no")!.Trust);
    }

    [Fact]
    public void Contains_LastThousandIds_AllRemembered()
    {
        var window = new DedupWindow();
        for (ulong id = 1; id <= 3000; id++)
        {
            window.Add(id);
        }

        Assert.Equal(ProfileLimits.RememberedEvents, window.Count);
        Assert.All(Enumerable.Range(3000 - 1023, 1024), id => Assert.True(window.Contains((ulong)id)));
        Assert.False(window.Contains(3000 - 1024));
    }

    private static StoredEvent Flood(int n)
    {
        var e = new StoredEvent
        {
            IdHash = (ulong)n,
            Type = $"type{n % 97}",
            TimeMs = Acts.Start + (n * 2_700_000L),
            ItemId = $"item{n}",
            Weight = 1,
            HalfLifeS = 3600 * (1 + (n % 40)),
            Purchase = true,
            Value = new Value { Amount = 1, Currency = $"{(char)('A' + (n % 26))}AA" },
        };
        for (int t = 0; t < 32; t++)
        {
            e.Topics.Add(new TopicWeight { Topic = $"topic{(n * 31) + t}", Weight = 1 });
        }

        e.Traits.Add(new TraitValue { Name = $"trait{n}", Value = "x" });
        return e;
    }
}
