using System.Reflection;
using Footprint.Grid.Core.Tests.Profiles;
using Footprint.Grid.Core.Tests.Retention;
using Edit = Footprint.Grid.Core.Tests.Privacy.Mutants.Edit;
using Mutant = Footprint.Grid.Core.Tests.Privacy.Mutants.Mutant;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>Faults by which what was forgotten, or is too old, leaves a trace, or takes along what it has nothing to do with.</summary>
internal static class ForgettingMutants
{
    private const string Interests = "Profiles/InterestTable.Forgetting.cs";
    private const string History = "Profiles/TrustHistory.cs";
    private const string Traits = "Profiles/TraitTable.cs";
    private const string Seen = "Profiles/SeenLog.cs";
    private const string Steps = "Retention/Expiry.Traits.cs";
    private const string Times = "Retention/SeenTimes.cs";

    /// <summary>Told by <see cref="ForgottenTests"/>.</summary>
    public static readonly Mutant[] OfConsent =
    [
        new("age of evidence by that of other kinds", new Edit(Interests, "SeenBy(i, k).LastMs < beforeMs", "SeenBy(i, k).LastMs", "Whole(i).LastMs")),
        new("a no that holds again", new Edit(Interests, "isRejected = entry.RejectedMs != 0", "entry.RejectedMs != 0", "false")),
        new("evidence of what is rejected again", new Edit(Interests, "if (isRejected)", "isRejected", "false")),
        new("interests of which nothing is left", new Edit(Interests, "!_entries[i].IsSpoken && !IsSeen(i)", "!IsSeen(i)", "false")),
        new("order of interests", new Edit(Interests, "OrderBy(i => _entries[i].Topic", "_entries[i].Topic", "\"\"")),
        new("order of kinds of evidence", new Edit("Profiles/InterestTable.Seen.cs", "at = ~at", "~at", "_kinds.Length")),
        new("rows of seen times", new Edit(Seen, "(row.Categories & categories) == 0", "(row.Categories & categories) == 0", "true")),
        new("when it was first seen by all", new Edit(Seen, "(_rows, FirstMs, LastMs) = ([], 0,", "0", "FirstMs")),
        new("when it was last seen by all", new Edit(Seen, ", 0);", "0", "LastMs")),
        new("first time by acts of other kinds", new Edit(Times, "others == categories || (", "others == categories", "true")),
        new("steps by what is known of other kinds", new Edit(Traits, "CategoryNames.OfTrait(trait.Category) == category)", "CategoryNames.OfTrait(trait.Category) == category", "true")),
        new("a step from what is gone", new Edit(History, "c.Trait.Length > 0 && (Categories(c) & categories) != 0", "categories", "DataCategories.None")),
        new("what goes where a kind of traits has no room", new Edit(Traits, "_traits.Where(t => IsSameRoom(t, trait)).Aggregate", "IsSameRoom(t, trait)", "true")),
    ];

    /// <summary>Told by <see cref="ExpiredTests"/>.</summary>
    public static readonly Mutant[] OfAge =
    [
        new("evidence that is too old", new Edit(Interests, "SeenBy(i, k).LastMs < beforeMs", "SeenBy(i, k).LastMs < beforeMs", "false")),
        new("words that are too old", new Edit(Interests, "entry.TrustMs < beforeMs", "entry.TrustMs < beforeMs", "false")),
        new("words on what is rejected since", new Edit(Interests, "history.HasWord(entry.Topic, beforeMs)", "history.HasWord(entry.Topic, beforeMs)", "false")),
        new("what a confirmation adds", new Edit(Interests, "_columns.Key(c).Categories == kind", "_columns.Key(c).Categories == kind", "_columns.Key(c).Categories == kind && !_columns.IsConfirmation(c)")),
        new("steps of what a no took away", new Edit(Steps, "step.TimeMs < before && IsOf(stored, step, category)", "step.TimeMs < before && IsOf(stored, step, category)", "false")),
        new("a no's step from what is too old", new Edit(History, "no.From = Trust.Inferred", "Trust.Inferred", "no.From")),
        new("seen times that are too old", new Edit(Times, "stored.Seen[i].LastMs < before", "stored.Seen[i].LastMs < before", "false")),
    ];

    /// <summary>Told by a test of their own.</summary>
    public static readonly Line[] Lines =
    [
        Of<AskedTests>(nameof(AskedTests.Expire_WordOnWhatWasAskedAboutSince_IsAskedAbout), new("age of a word by that of evidence", new Edit(Interests, "entry.TrustMs < beforeMs", "entry.TrustMs", "Math.Max(entry.TrustMs, Whole(i).LastMs)"))),
        Of<TraitStepsTests>(nameof(TraitStepsTests.Expire_StepsThatAreYoungEnough_Stay), new("a step from what is too old", new Edit(Steps, "step.From = Trust.Inferred", "Trust.Inferred", "step.From"))),
        Of<TraitStepsTests>(nameof(TraitStepsTests.Expire_LinksStepToANo_GoesWithTheWordThatItIsAbout), new("a link's step to a no", new Edit(Steps, "baseless.Contains(step)", "baseless.Contains(step)", "false"))),
        Of<TraitStepsTests>(nameof(TraitStepsTests.Expire_StatedAgainSinceTheNo_TakesWhatWasBefore), new("steps from before a no", new Edit(Steps, "no.TimeMs >= step.TimeMs", "no.TimeMs >= step.TimeMs", "false"))),
        Of<ClientProfilePropertyTests>(nameof(ClientProfilePropertyTests.Apply_AnyOrder_SameProfile), new("order of seen times", new Edit(Seen, "a.Categories.CompareTo(b.Categories)", "a.Categories.CompareTo(b.Categories)", "0"))),
        Of<ExpiryTests>(nameof(ExpiryTests.Expire_WhatTheClientSpokeAbout_GoesByDeclaredAndARejectionStays), new("evidence that was not inferred", new Edit(Interests, "(_kinds[k] & DataCategories.Inferred) != 0 &&", "(_kinds[k] & DataCategories.Inferred) != 0", "true"))),
        Of<OlderProfilesTests>(nameof(OlderProfilesTests.Forget_OneKindOfAnInterest_LeavesTheOther), new("times of kinds that were not told apart", new Edit("Profiles/InterestTable.Seen.cs", "_columns.Categories(c) != together", "_columns.Categories(c) != together", "false"))),
        Of<ExpiryTests>(nameof(ExpiryTests.Expire_BehaviourOfAClientThatCameBack_TakesTheFirstVisitAlone), new("a first time that is too old", new Edit(Times, "row.FirstMs < before", "row.FirstMs < before", "false"))),
        Of<ExpiryTests>(nameof(ExpiryTests.Expire_Behaviour_TakesWhenTheClientWasSeenUnlessWhatIsLeftTellsIt), new("a last time of which no row is left", new Edit(Times, "stored.LastSeenMs = stored.Seen.Select(row => row.LastMs).DefaultIfEmpty().Max()", "stored.Seen.Select(row => row.LastMs).DefaultIfEmpty().Max()", "stored.LastSeenMs"))),
    ];

    private static Line Of<T>(string test, Mutant fault) => new(fault, typeof(T).GetMethod(test)!);

    /// <param name="Fault">In a line that nothing but the test holds.</param>
    /// <param name="Test">Fails for it.</param>
    public sealed record Line(Mutant Fault, MethodInfo Test);
}
