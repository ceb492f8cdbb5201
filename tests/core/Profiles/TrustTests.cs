using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>What trust does to a profile: interests, traits, evidence, history.</summary>
public sealed class TrustTests
{
    private const long DayMs = 86_400_000;
    private readonly ClientProfile _profile = new();

    [Fact]
    public void Apply_EvidenceForARejectedInterest_NothingCreepsBack()
    {
        View("golf");
        Answer("golf", Trust.Rejected, 1);
        View("golf", 2);
        View("golf", 3, type: "like", active: true);

        InterestTable.Seen golf = _profile.Interests.Whole(0);
        Assert.Equal((Trust.Rejected, 0u, 0u, At(1)), (Golf().Trust, golf.PassiveCount, golf.ActiveCount, golf.LastMs));
        Assert.Equal(0, _profile.Interests.Affinity(0, At(3)));
    }

    [Fact]
    public void Apply_DeclaredAfterARejection_CountsAgain()
    {
        Answer("golf", Trust.Rejected, 1);
        View("golf", 2, type: "declare", active: true, declared: true);

        Assert.Equal(Trust.Declared, Golf().Trust);
        Assert.Equal(1, _profile.Interests.Affinity(0, At(2)), 9);
    }

    [Fact]
    public void Affinity_OfAConfirmedInterest_HasTwiceTheHalfLifeFromThenOn()
    {
        View("golf");
        View("ski");
        Answer("golf", Trust.Confirmed, 14);

        int golf = _profile.Interests.Find("golf");
        int ski = _profile.Interests.Find("ski");
        Assert.Equal(0.5, _profile.Interests.Affinity(golf, At(14)), 9);
        Assert.Equal(0.25, _profile.Interests.Affinity(golf, At(14 + 28)), 9);
        Assert.Equal(0.125, _profile.Interests.Affinity(ski, At(14 + 28)), 9);
    }

    [Fact]
    public void Affinity_WithoutWhatWasDeclared_AsIfNotConfirmed()
    {
        View("golf");
        var other = new ClientProfile();
        View("golf", profile: other);
        Answer("golf", Trust.Confirmed, 14, weight: 6);
        View("golf", 15);
        View("golf", 15, profile: other);

        const DataCategories Rest = DataCategories.All & ~DataCategories.Declared;
        Assert.Equal(other.Interests.Affinity(0, At(400), Rest), _profile.Interests.Affinity(0, At(400), Rest));
        Assert.True(_profile.Interests.Affinity(0, At(400)) > 2 * other.Interests.Affinity(0, At(400)));
    }

    [Fact]
    public void Affinity_AConfirmationAmongEvents_SameInAnyOrder() => Prop.ForAll(
        Acts.Arbitrary, Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 11).ToArbitrary(), (acts, seed, topic) =>
        {
            // The client answers now, so no event is later.
            long now = acts.Select(a => a.TimeMs).Append(Acts.Start).Max();
            var entries = acts.Select(a => new JournalEntry { Event = a })
                .Append(new JournalEntry { InterestAnswered = new() { Topic = $"t{topic}", Trust = Trust.Confirmed, TimeMs = now, Weight = 6, HalfLifeS = 86_400 } })
                .ToArray();
            ClientProfile inOrder = Applied(entries);
            new Random(seed).Shuffle(entries);

            string? difference = SameProfile.Difference(inOrder, Applied(entries));
            return (difference is null).Label(difference ?? "");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_WhatEitherSaid_Holds()
    {
        View("golf");
        var other = new ClientProfile();
        Answer("golf", Trust.Rejected, 1, profile: other);
        ClientProfile merged = Copy(other);
        merged.Merge(Copy(_profile));
        _profile.Merge(Copy(other));

        Assert.Equal(Trust.Rejected, Golf().Trust);
        Assert.Equal(0, _profile.Interests.Affinity(0, At(1)));
        Assert.Null(SameProfile.Difference(_profile, merged));
    }

    [Fact]
    public void History_EveryStep_InOrderWithItsOriginAndAcrossReload()
    {
        View("golf");
        Answer("golf", Trust.Probed, 1);
        Answer("golf", Trust.Confirmed, 2);
        Answer("golf", Trust.Confirmed, 3);
        Answer("golf", Trust.Rejected, 4);

        string[] steps = [.. ProfileCodec.Decode(ProfileCodec.Encode(_profile)).TrustHistory.All.Select(c => $"{c.Topic}: {c.From} {c.To} {c.Source} {(c.TimeMs - Acts.Start) / DayMs}")];

        Assert.Equal(["golf: Inferred Probed probe 1", "golf: Probed Confirmed confirm 2", "golf: Confirmed Rejected confirm 4"], steps);
    }

    [Fact]
    public void History_WhateverIsSaid_Bounded()
    {
        for (int day = 0; day < 2 * ProfileLimits.TrustHistory; day++)
        {
            Answer("golf", day % 2 == 0 ? Trust.Rejected : Trust.Confirmed, day);
        }

        Assert.Equal(ProfileLimits.TrustHistory, _profile.TrustHistory.All.Count);
        Assert.Equal(At((2 * ProfileLimits.TrustHistory) - 1), _profile.TrustHistory.All[^1].TimeMs);
    }

    [Fact]
    public void Trait_Rejected_StaysOutUntilTheClientSaysItItself()
    {
        State("city", "Lyon", 0, active: false);
        Answer("", Trust.Rejected, 1, trait: "city");
        State("city", "Lyon", 2, active: false);

        StoredTrait city = _profile.Traits.Find("city")!;
        Assert.Equal(("", Trust.Rejected), (city.Value, city.Trust));

        State("city", "Paris", 3, active: true);
        city = _profile.Traits.Find("city")!;
        Assert.Equal(("Paris", Trust.Declared), (city.Value, city.Trust));
        Assert.Equal(["Inferred Rejected", "Rejected Declared"], _profile.TrustHistory.All.Select(c => $"{c.From} {c.To}"));
    }

    [Fact]
    public void Trait_EveryStep_IsInTheHistoryWithItsTimeAndOrigin()
    {
        State("city", "Lyon", 0, active: false);
        Answer("", Trust.Confirmed, 1, trait: "city");
        State("city", "Paris", 2, active: true);
        State("city", "Lyon", 3, active: false);
        Answer("", Trust.Rejected, 4, trait: "city");
        State("name", "Ada", 5, active: true);

        string[] steps = [.. ProfileCodec.Decode(ProfileCodec.Encode(_profile)).TrustHistory.All
            .Select(c => $"{c.Trait}: {c.From} {c.To} {c.Source} {c.Channel} {(c.TimeMs - Acts.Start) / DayMs}")];

        Assert.Equal(
            [
                "city: Inferred Confirmed confirm CallCentre 1", "city: Confirmed Declared form Store 2", "city: Declared Rejected confirm CallCentre 4",
                "name: Inferred Declared form Store 5",
            ],
            steps);
    }

    [Fact]
    public void Trait_Steps_SameInAnyOrderOfArrival()
    {
        State("city", "Lyon", 0, active: false);
        State("city", "Paris", 1, active: true);
        var other = new ClientProfile();
        State("city", "Paris", 1, active: true, profile: other);
        State("city", "Lyon", 0, active: false, profile: other);

        Assert.Equal("Inferred Declared", Assert.Single(other.TrustHistory.All.Select(c => $"{c.From} {c.To}")));
        Assert.Equal(_profile.TrustHistory.All, other.TrustHistory.All);
    }

    [Fact]
    public void Trait_Confirmed_StillSaysWhereItsValueCameFrom()
    {
        State("city", "Lyon", 0, active: false);
        Answer("", Trust.Confirmed, 1, trait: "city");

        Trait city = ProfileView.View(_profile.Traits.Find("city")!);

        Assert.Equal(
            (Trust.Confirmed, Trait.Types.Provenance.Observed, "form", FootprintEvent.Types.Channel.Store),
            (city.Trust, city.Provenance, city.Source, city.Channel));
    }

    [Fact]
    public void Trait_ObservedAfterDeclared_DeclaredHolds()
    {
        State("city", "Paris", 1, active: true);
        State("city", "Lyon", 2, active: false);

        Assert.Equal("Paris", _profile.Traits.Find("city")!.Value);
    }

    [Fact]
    public void Interest_ImportedAndObserved_KeepsWhereItCameFrom()
    {
        _profile.Apply(new JournalEntry { Sequence = 1, Event = Event("golf", 0, "purchase", source: "till-12", imported: true) });
        Interest imported = ProfileView.View(_profile.Interests, 0, At(0));
        View("golf", 1);
        Interest observed = ProfileView.View(_profile.Interests, 0, At(1));

        Assert.Equal((Trait.Types.Provenance.Imported, "till-12", "inferred"), (imported.Provenance, imported.Source, imported.Category));
        Assert.Equal((Trait.Types.Provenance.Derived, "view", FootprintEvent.Types.Channel.Store), (observed.Provenance, observed.Source, observed.Channel));
    }

    private static long At(int day) => Acts.Start + (day * DayMs);

    private static ClientProfile Copy(ClientProfile profile) => ProfileCodec.Decode(ProfileCodec.Encode(profile));

    private static ClientProfile Applied(IEnumerable<JournalEntry> entries)
    {
        var profile = new ClientProfile();
        foreach (JournalEntry entry in entries)
        {
            entry.Sequence = profile.JournalSequence + 1;
            profile.Apply(entry);
        }

        return profile;
    }

    private static StoredEvent Event(string topic, int day, string type, bool active = false, bool declared = false, string source = "", bool imported = false) => new()
    {
        Type = type,
        TimeMs = At(day),
        Weight = 1,
        HalfLifeS = 14 * 86_400,
        Active = active,
        Declared = declared,
        Categories = (uint)DataCategories.Behaviour,
        Channel = FootprintEvent.Types.Channel.Store,
        Source = source,
        Imported = imported,
        Topics = { new TopicWeight { Topic = topic, Weight = 1 } },
    };

    private ref InterestTable.Entry Golf() => ref _profile.Interests[_profile.Interests.Find("golf")];

    private void View(string topic, int day = 0, string type = "view", bool active = false, bool declared = false, ClientProfile? profile = null)
    {
        profile ??= _profile;
        profile.Apply(new JournalEntry { Sequence = profile.JournalSequence + 1, Event = Event(topic, day, type, active, declared) });
    }

    private void Answer(string topic, Trust trust, int day, double weight = 0, string trait = "", ClientProfile? profile = null)
    {
        profile ??= _profile;
        profile.Apply(new JournalEntry
        {
            Sequence = profile.JournalSequence + 1,
            InterestAnswered = new() { Topic = topic, Trait = trait, Trust = trust, TimeMs = At(day), Weight = weight, HalfLifeS = 86_400, Source = "confirm", Channel = FootprintEvent.Types.Channel.CallCentre },
        });
    }

    private void State(string name, string value, int day, bool active, ClientProfile? profile = null)
    {
        profile ??= _profile;
        profile.Apply(new JournalEntry
        {
            Sequence = profile.JournalSequence + 1,
            Event = new StoredEvent
            {
                Type = "form",
                TimeMs = At(day),
                Active = active,
                Channel = FootprintEvent.Types.Channel.Store,
                Traits = { new TraitValue { Name = name, Value = value } },
            },
        });
    }
}
