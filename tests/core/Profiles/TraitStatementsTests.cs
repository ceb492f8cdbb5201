using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Segments;
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

        Profile view = ProfileView.Of("c", _profile, Acts.Start);
        Assert.Equal("Hue", Assert.Single(view.Traits).Value);
        Assert.Equal(["Lyon", "Bilbao"], view.OtherStatements.Select(t => t.Value));
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
        foreach ((int rejected, string value) in from day in new[] { 0, 2, 3, 5 } from value in new[] { "", "Hue", "Lyon" } select (day, value))
        {
            ClientProfile[] parts = [.. said.Select(s => One(s.Day, s.Value, s.Category, s.Active)), Rejecting(rejected, value)];
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
    public void Put_PastTheBoundOfItsCategories_OldestGoesAndTheAnswerStays()
    {
        Fill("location", "t");
        State(1, "Bilbao", "contact");
        Answer(200, Trust.Confirmed);
        State(300, "v", "location", name: "more");

        Assert.Equal(ProfileLimits.Traits + 2, _profile.Traits.All.Count);
        Assert.Equal((Trust.Confirmed, "Bilbao"), Of(DataCategories.All));
        Assert.Equal((Trust.Inferred, "Bilbao"), Of(WithoutDeclared));
        Assert.Null(_profile.Traits.Find("t0"));
        Assert.NotNull(_profile.Traits.Find("t1"));
    }

    [Fact]
    public void Put_WhateverIsStatedOfOtherCategories_TakesNoRoom()
    {
        Fill("location", "t");
        foreach (string category in new[] { "contact", "demographics", "purchases", "behaviour", "declared", "inferred" })
        {
            Fill(category, category);
            Fill(category, category, active: true);
        }

        string[] kept = [.. _profile.Traits.All.Where(t => t.Category == "location").Select(t => t.Name)];

        Assert.Equal(Enumerable.Range(0, ProfileLimits.Traits).Select(n => $"t{n}"), kept);
        Assert.Equal(12 * ProfileLimits.Traits, _profile.Traits.All.Count);
    }

    [Fact]
    public void Rejected_OneValue_WhatElseWasStatedHolds()
    {
        State(1, "Bilbao", "demographics");
        State(2, "Hue", "location");
        Answer(3, Trust.Rejected, "Hue");
        State(4, "Hue", "contact");

        Assert.Equal((Trust.Inferred, "Bilbao"), Of(DataCategories.All));
        Assert.Null(_profile.Traits.Find("city", DataCategories.Location | DataCategories.Contact));
        Assert.Equal((Trust.Inferred, Trust.Rejected), (_profile.TrustHistory.All[^1].From, _profile.TrustHistory.All[^1].To));

        State(5, "Hue", "contact", active: true);
        Assert.Equal((Trust.Declared, "Hue"), Of(DataCategories.All));
        Assert.Equal((Trust.Inferred, "Bilbao"), Of(WithoutDeclared));
    }

    [Fact]
    public void Confirmed_OneValueOfSeveral_Holds()
    {
        State(1, "Bilbao", "demographics");
        State(2, "Hue", "location", active: true);
        Answer(3, Trust.Confirmed, "Bilbao");
        Assert.Equal((Trust.Confirmed, "Bilbao"), Of(DataCategories.All));

        Answer(4, Trust.Confirmed, "Hue");
        Answer(5, Trust.Confirmed, "Bilbao");
        Assert.Equal((Trust.Confirmed, "Bilbao"), Of(DataCategories.All));
        Assert.Equal((Trust.Inferred, "Bilbao"), Of(DataCategories.Demographics));
    }

    [Fact]
    public void View_OneValueRejected_IsAmongTheOtherStatementsOnceAndInNoRecipientsView()
    {
        State(1, "Bilbao", "demographics");
        State(2, "Hue", "location");
        Answer(3, Trust.Rejected, "Hue");

        Profile own = ProfileView.Of("c", _profile, Acts.Start);
        Assert.Equal(("Hue", Trust.Rejected, "form"), (Assert.Single(own.OtherStatements).Value, own.OtherStatements[0].Trust, own.OtherStatements[0].Source));
        Profile others = ProfileView.Allowed("c", _profile, Acts.Start, DataCategories.All, SegmentSet.Empty);
        Assert.Equal("Bilbao", Assert.Single(others.Traits).Value);
        Assert.Empty(others.OtherStatements);
    }

    /// <summary>The type of the act is a fact about the act; a system's name is the trait's own.</summary>
    [Theory]
    [InlineData("", "Location", "")]
    [InlineData("", "Location, Purchases", "form")]
    [InlineData("crm", "Location", "crm")]
    public void View_StatedByAnAct_SourceIsTheTypeForWhoMayUseTheAct(string source, string categories, string expected)
    {
        var allowed = Enum.Parse<DataCategories>(categories);
        _profile.Apply(Stating(_profile, 1, "Bilbao", "location", active: false, "city", e => (e.Source, e.Categories) = (source, (uint)DataCategories.Purchases)));

        Assert.Equal(expected, Assert.Single(ProfileView.Allowed("c", _profile, Acts.Start, allowed, SegmentSet.Empty).Traits).Source);
        Assert.Equal(source.Length > 0 ? source : "form", Assert.Single(ProfileView.Of("c", _profile, Acts.Start).Traits).Source);

        _profile.Forget(DataCategories.Purchases);
        Assert.Equal(source, Assert.Single(_profile.Traits.All).Source);
    }

    [Fact]
    public void View_StatementOfAnEarlierVersion_SourceMayBeOfAnyAct()
    {
        ClientProfile old = ProfileCodec.Load(new StoredProfile { Traits = { new StoredTrait { Name = "city", Value = "Hue", Category = "location", Source = "purchase", TimeMs = 1 } } });

        Assert.Equal("", Assert.Single(ProfileView.Allowed("c", old, Acts.Start, DataCategories.All & ~DataCategories.Purchases, SegmentSet.Empty).Traits).Source);
        Assert.Equal("purchase", Assert.Single(ProfileView.Allowed("c", old, Acts.Start, DataCategories.All, SegmentSet.Empty).Traits).Source);
    }

    private static ClientProfile One(int day, string value, string category, bool active)
    {
        var part = new ClientProfile();
        State(day, value, category, active, profile: part);
        return part;
    }

    private static ClientProfile Rejecting(int day, string value)
    {
        ClientProfile part = One(0, value.Length == 0 ? "x" : value, "contact", active: false);
        part.Apply(Answered(part, day, Trust.Rejected, value));
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

    private static void State(int day, string value, string category, bool active, ClientProfile profile, string name = "city") =>
        profile.Apply(Stating(profile, day, value, category, active, name));

    private static JournalEntry Stating(ClientProfile profile, int day, string value, string category, bool active, string name, Action<StoredEvent>? with = null)
    {
        var e = new StoredEvent
        {
            Type = "form",
            TimeMs = At(day),
            Active = active,
            IdHash = profile.JournalSequence + 1,
            Traits = { new TraitValue { Name = name, Value = value, Category = category } },
        };
        with?.Invoke(e);
        return new JournalEntry { Sequence = profile.JournalSequence + 1, Event = e };
    }

    private void Fill(string category, string prefix, bool active = false)
    {
        for (int n = 0; n < ProfileLimits.Traits; n++)
        {
            State(2 + n, "v", category, active, name: $"{prefix}{n}");
        }
    }

    private void Answer(int day, Trust trust, string value = "") => _profile.Apply(Answered(_profile, day, trust, value));

    private static JournalEntry Answered(ClientProfile profile, int day, Trust trust, string value = "") => new()
    {
        Sequence = profile.JournalSequence + 1,
        InterestAnswered = new JournalEntry.Types.InterestAnswered { Trait = "city", TraitValue = value, Trust = trust, TimeMs = At(day) },
    };

    private static long At(int day) => Acts.Start + (day * 86_400_000L);

    private (Trust, string) Of(DataCategories allowed) => (_profile.Traits.Find("city", allowed)!.Trust, _profile.Traits.Find("city", allowed)!.Value);
}
