using Edit = Footprint.Grid.Core.Tests.Privacy.Mutants.Edit;
using Mutant = Footprint.Grid.Core.Tests.Privacy.Mutants.Mutant;

namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// Faults by which something is kept that may not be: the gates before the journal, and the forgetting of each store. They are
/// found out by what <see cref="KeptWorld"/> holds. A gate behind which another one stands is not among them.
/// </summary>
internal static class KeepingMutants
{
    private const string Stripping = "Clients/EventStripping.cs";
    private const string Decisions = "Clients/ClientActor.Decisions.cs";
    private const string Profile = "Profiles/ClientProfile.Changes.cs";
    private const string Interests = "Profiles/InterestTable.Forgetting.cs";
    private const string History = "Profiles/TrustHistory.cs";
    private const string Everything = "DataCategories.All";
    private const string Nothing = "DataCategories.None";

    public static readonly Mutant[] All =
    [
        new("traits at the intake", new Edit(Stripping, "keepable.Permits(trait)", "keepable", Everything)),
        new("of what kind an act at the intake was", new Edit(Stripping, "e.Categories = 0", "0", "e.Categories")),
        new("acts at the intake", new Edit(Stripping, "keepable.Permits((DataCategories)e.Categories)", "keepable", Everything)),
        new("amounts at the intake", new Edit(Stripping, "keepable.Permits(DataCategories.Purchases)", "keepable", Everything)),
        new("conclusions at the intake", new Edit(Stripping, "keepable.Permits(DataCategories.Inferred)", "keepable", Everything)),
        new("answers to probes at the intake", new Edit("Clients/ClientActor.Probes.cs", "mayKeep = keepable.Permits(DataCategories.Declared)", "keepable", Everything)),
        new("confirmations at the intake", new Edit("Clients/ClientActor.Answers.cs", "Keepable(turn, country: null).Permits(", "Keepable(turn, country: null)", Everything)),
        new("what was shown", new Edit(Decisions, "|| Profile.Consents.Keepable(turn.Definitions.RegimeOf(Profile.Countries, Country(context)))", "Profile.Consents.Keepable(turn.Definitions.RegimeOf(Profile.Countries, Country(context)))", Everything)),
        new("segments that are found", new Edit("Clients/ClientActor.Segments.cs", "Keepable(turn, country: null).Permits(", "Keepable(turn, country: null)", Everything)),
        new("anything that goes", new Edit("Clients/ClientActor.Consents.cs", "(uint)(DataCategories.All & ~after.Keepable(regime))", "DataCategories.All & ~after.Keepable(regime)", Nothing)),
        Forgetting("interests", "Interests.Forget(categories)"),
        Forgetting("traits", "Traits.Forget(categories)"),
        new("by what acts traits were stated", new Edit("Profiles/TraitTable.cs", "(SourceCategories(t) & categories) != 0", "categories", Nothing)),
        Forgetting("counters", "Counters.Forget(categories)"),
        Forgetting("recent items", "RecentItems.Forget(categories)"),
        Forgetting("picks", "ShownPicks.Forget(categories)"),
        Forgetting("questions and answers", "Probes?.Forget(categories)"),
        new("what questions were chosen by", new Edit("Probes/ProbeMemory.cs", "((DataCategories)p.Categories & categories) != 0", "categories", "(categories & DataCategories.Behaviour)")),
        new("that interests were asked about", new Edit(Interests, "if (!entry.IsSpoken)", "!entry.IsSpoken", "false")),
        new("steps of questions", new Edit(Interests, "if (asked is null)", "asked is null", "false")),
        Forgetting("conversions", "AdAnswers?.Forget(categories)"),
        Forgetting("money", "Money.Forget(categories)"),
        new("forgetting of what acts that declare spent", new Edit("Profiles/MoneyLedger.cs", "(categories & BoughtAndSaid) != 0", "BoughtAndSaid", "DataCategories.Purchases")),
        Forgetting("sessions", "Sessions.Forget(categories)"),
        Staying("impressions", " Impressions = new ImpressionLog(ProfileLimits.Impressions)"),
        Staying("impressions of ads", "AdImpressions = new ImpressionLog(ProfileLimits.AdImpressions)"),
        Staying("impressions of content", "ContentImpressions = new ImpressionLog(ProfileLimits.ContentImpressions)"),
        Forgetting("when it was seen", " Seen.Forget(categories)"),
        new("when an order was given", new Edit(Profile, "!answer.OrderAlone", "!answer.OrderAlone", "true")),
        new("steps of interests", new Edit(History, "isSaid || interests.Find(c.Topic) < 0", "interests.Find(c.Topic) < 0", "false")),
        new("steps of what was said", new Edit(History, "(categories & DataCategories.Declared) != 0", "categories", Nothing)),
        new("what the client said of interests", new Edit(Interests, "_entries[i].IsSpoken && (categories & DataCategories.Declared) != 0", "categories", Nothing)),
        new("evidence", new Edit(Interests, "(_columns.Categories(c) & categories) != 0", "categories", Nothing)),
        new("when there was evidence", new Edit(Interests, "(_kinds[k] & categories) != 0", "categories", Nothing)),
        new("columns of evidence", new Edit(Interests, "interests.Any(i => Evidence(i, c) != 0)", "interests.Any(i => Evidence(i, c) != 0)", "true")),
        new("steps of traits", new Edit(History, "IsOfAWord(c) && (Categories(c) & categories) != 0", "categories", Nothing)),
        new("by what acts steps were taken", new Edit(History, "(SourceCategories(step) & categories) != 0", "categories", Nothing)),
        Staying("segments", "Segments = new SegmentMemberships()"),
    ];

    private static Mutant Forgetting(string store, string where) => new("forgetting of " + store, new Edit(Profile, where, "categories", Nothing));

    // What begins anew stays as it is.
    private static Mutant Staying(string store, string where)
    {
        string[] sides = where.Split(" = ");
        return new("forgetting of " + store, new Edit(Profile, where, sides[1], sides[0].Trim()));
    }
}
