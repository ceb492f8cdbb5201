using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>What is known of one name in several categories: each statement is kept, and of those that may be used one holds.</summary>
public sealed class TraitStatementsTests
{
    private const DataCategories WithoutDeclared = DataCategories.All & ~DataCategories.Declared;
    private readonly ClientProfile _profile = new();

    [Fact]
    public void Confirmed_WhatWasObserved_IsThereStill()
    {
        State(1, "Bilbao", "location");
        Answer(2, Trust.Confirmed);

        Assert.Equal(2, _profile.Traits.All.Count);
        Assert.Equal((Trust.Confirmed, "Bilbao"), Of(DataCategories.All));
        Assert.Equal((Trust.Inferred, "Bilbao"), Of(WithoutDeclared));
    }

    /// <summary>What was observed stays, but not that the client confirmed it.</summary>
    [Fact]
    public void Forget_WhatWasConfirmed_ItsStepGoesAlong()
    {
        State(1, "Bilbao", "location");
        Answer(2, Trust.Confirmed);
        Assert.NotEmpty(_profile.TrustHistory.All);

        _profile.Forget(DataCategories.Declared);

        Assert.Equal((Trust.Inferred, "Bilbao"), Of(DataCategories.All));
        Assert.Empty(_profile.TrustHistory.All);
    }

    [Fact]
    public void Confirmed_WhatWasDeclared_IsOneStatement()
    {
        State(1, "Bilbao", "location", active: true);
        Answer(2, Trust.Confirmed);

        Assert.Equal((Trust.Confirmed, "Bilbao"), Of(DataCategories.All));
        Assert.Single(_profile.Traits.All);
    }

    [Fact]
    public void Find_OfOtherCategories_TheLaterThatMayBeUsed()
    {
        State(1, "Bilbao", "demographics");
        State(2, "Hue", "location");
        State(3, "Lyon", "contact");

        Assert.Equal((Trust.Inferred, "Lyon"), Of(DataCategories.All));
        Assert.Equal((Trust.Inferred, "Hue"), Of(DataCategories.All & ~DataCategories.Contact));
        Assert.Equal((Trust.Inferred, "Bilbao"), Of(DataCategories.Demographics));
        Assert.Null(_profile.Traits.Find("city", DataCategories.Behaviour));
    }

    [Fact]
    public void View_OfManyStatements_HasTheOneThatHolds()
    {
        State(1, "Bilbao", "demographics");
        State(2, "Hue", "location", active: true);
        State(3, "Lyon", "contact");

        Assert.Equal("Hue", Assert.Single(ProfileView.Of("c", _profile, Acts.Start).Traits).Value);
        Assert.Equal(3, ProfileCodec.Save(_profile).Traits.Count);
    }

    [Fact]
    public void Rejected_EveryStatementOfTheName_IsGoneAndStaysOut()
    {
        State(1, "Bilbao", "demographics");
        State(1, "Hue", "location", active: true);
        Answer(2, Trust.Rejected);
        State(3, "Lyon", "contact");

        Assert.Equal(("", Trust.Rejected), (Assert.Single(_profile.Traits.All).Value, _profile.Traits.All[0].Trust));
    }

    [Fact]
    public void Rejected_ThenDeclared_HoldsForWhoMayNotUseTheDeclaration()
    {
        State(1, "Bilbao", "demographics");
        Answer(2, Trust.Rejected);
        State(3, "Hue", "location", active: true);
        State(4, "Lyon", "contact");

        Assert.Equal((Trust.Declared, "Hue"), Of(DataCategories.All));
        Assert.Null(_profile.Traits.Find("city", WithoutDeclared));

        _profile.Traits.Forget(DataCategories.Declared);
        State(5, "Lyon", "contact");
        Assert.Equal((Trust.Rejected, ""), Of(DataCategories.All));
    }

    [Fact]
    public void Rejected_WhenAlreadyLifted_WhatWasObservedGoes()
    {
        State(1, "Bilbao", "demographics");
        State(3, "Hue", "location", active: true);
        Answer(2, Trust.Rejected);

        Assert.Equal((Trust.Declared, "Hue"), Of(DataCategories.All));
        Assert.Null(_profile.Traits.Find("city", WithoutDeclared));
    }

    [Fact]
    public void Merge_RejectionsAndStatements_SameInAnyOrder()
    {
        (int Day, string Value, string Category, bool Active)[] said = [(1, "Bilbao", "location", false), (2, "Hue", "contact", true), (4, "Lyon", "location", true)];
        foreach (int rejected in new[] { 0, 2, 3, 5 })
        {
            ClientProfile[] parts = [.. said.Select(s => One(s.Day, s.Value, s.Category, s.Active)), Rejecting(rejected)];
            string[] wholes =
            [
                .. from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4) from d in Enumerable.Range(0, 4)
                   where new[] { a, b, c, d }.Distinct().Count() == 4
                   select Rows(Merged(Merged(parts[a], parts[b]), Merged(parts[c], parts[d]))),
            ];

            Assert.Single(wholes.Distinct());
        }
    }

    [Fact]
    public void Put_PastTheBound_OldestUnspokenGoesAndTheAnswerStays()
    {
        for (int n = 0; n < ProfileLimits.Traits - 1; n++)
        {
            State(2 + n, "v", "location", name: $"t{n}");
        }

        State(1, "Bilbao", "location");
        Answer(200, Trust.Confirmed);

        Assert.Equal(ProfileLimits.Traits, _profile.Traits.All.Count);
        Assert.Equal((Trust.Confirmed, "Bilbao"), Of(DataCategories.All));
        Assert.Null(_profile.Traits.Find("city", WithoutDeclared));
        Assert.NotNull(_profile.Traits.Find("t0"));
    }

    private static ClientProfile One(int day, string value, string category, bool active)
    {
        var part = new ClientProfile();
        State(day, value, category, active, profile: part);
        return part;
    }

    private static ClientProfile Rejecting(int day)
    {
        ClientProfile part = One(0, "x", "contact", active: false);
        part.Apply(Answered(part, day, Trust.Rejected));
        return part;
    }

    private static ClientProfile Merged(ClientProfile one, ClientProfile other)
    {
        ClientProfile both = ProfileCodec.Decode(ProfileCodec.Encode(one));
        both.Traits.Merge(other.Traits);
        return both;
    }

    private static string Rows(ClientProfile profile) => string.Join('\n', profile.Traits.All.Select(t => t.ToString()).Order(StringComparer.Ordinal));

    private void State(int day, string value, string category, bool active = false, string name = "city") => State(day, value, category, active, _profile, name);

    private static void State(int day, string value, string category, bool active, ClientProfile profile, string name = "city") => profile.Apply(new JournalEntry
    {
        Sequence = profile.JournalSequence + 1,
        Event = new StoredEvent
        {
            Type = "form",
            TimeMs = At(day),
            Active = active,
            IdHash = profile.JournalSequence + 1,
            Traits = { new TraitValue { Name = name, Value = value, Category = category } },
        },
    });

    private void Answer(int day, Trust trust) => _profile.Apply(Answered(_profile, day, trust));

    private static JournalEntry Answered(ClientProfile profile, int day, Trust trust) => new()
    {
        Sequence = profile.JournalSequence + 1,
        InterestAnswered = new JournalEntry.Types.InterestAnswered { Trait = "city", Trust = trust, TimeMs = At(day) },
    };

    private static long At(int day) => Acts.Start + (day * 86_400_000L);

    private (Trust, string) Of(DataCategories allowed) => (_profile.Traits.Find("city", allowed)!.Trust, _profile.Traits.Find("city", allowed)!.Value);
}
