namespace Footprint.Grid.Core.Tests.Privacy;

/// <summary>
/// Faults put into copies of the sources, each of which lets one reader of the profile see what is withheld, or keeps what may
/// not be kept: somewhere in a file, an expression and what stands in its place. Readers whose faults change no answer (what a pick taught, which is made
/// of the answer) are not among them. A piece that is not there any more fails the build of the copies, so the
/// list follows the code.
/// </summary>
internal static class Mutants
{
    private const string Nothing = "DataCategories.All";

    private const string Attributes = "Clients/ProfileAttributes.cs";
    private const string View = "Profiles/ProfileView.cs";
    private const string Record = "Disclosures/KnownCategories.cs";
    private const string OfAll = "allowed == DataCategories.All";

    /// <summary>Of readers; twins tell them.</summary>
    public static readonly Mutant[] Readers =
    [
        new("interests in content", new Edit("Decisions/ContentRanker.cs", "interests.Affinities(at, query.Allowed,", "query.Allowed", Nothing)),
        new("interests in ads", new Edit(Attributes, "Affinity(i, Now(profile), allowed)", "allowed", Nothing)),
        new("whether there is an interest in ads", new Edit(Attributes, "known.Interests.HasEvidence(i, allowed)", "allowed", Nothing)),
        new("whether an interest counts in ads", new Edit(Attributes, "known.Interests.Weight(i, allowed)", "allowed", Nothing)),
        new("trust in ads", new Edit(Attributes, "profile.Interests.Weight(i, allowed)", "allowed", Nothing)),
        new("as of when in ads", new Edit(Attributes, "allowed == DataCategories.All ? known.ViewTime", OfAll, "true")),
        new("as of when in content", new Edit("Decisions/ContentRanker.cs", "query.Allowed == DataCategories.All ? profile.ViewTime", "query.Allowed == DataCategories.All", "true")),
        new("as of when in profiles", new Edit(View, "Profile view = allowed == DataCategories.All", OfAll, "true")),
        new("trust in content", new Edit("Decisions/ContentRanker.cs", "TrustLadder.Weights(query.Allowed,", "query.Allowed", Nothing)),
        new("a no that was lifted", new Edit("Profiles/TrustLadder.cs", "_ when isLifted && !mayUseSaid", "isLifted && !mayUseSaid", "false")),
        new("interests in profiles", new Edit(View, "Affinity = table.Affinity(i, nowMs, allowed)", "allowed", Nothing)),
        new("which interests in profiles", new Edit(View, "table.Weight(i, allowed) > 0", "allowed", Nothing)),
        new("whether there are interests in profiles", new Edit(View, "table.HasEvidence(i, allowed)", "allowed", Nothing)),
        new("trust in profiles", new Edit(View, "maySaid = (allowed & DataCategories.Declared) != 0", "allowed", Nothing)),
        new("what was asked in profiles", new Edit(View, "isPartial = allowed != DataCategories.All", "allowed != DataCategories.All", "false")),
        new("how interests are known in profiles", new Edit(View, "if (allowed.Permits(DataCategories.Evidence))", "allowed", Nothing)),
        new("recent items", new Edit("Decisions/RecentNeighbours.cs", "query.Allowed.Permits(entry.Categories)", "query.Allowed", Nothing)),
        new("order of interests in candidates", new Edit("Decisions/CandidateRetrieval.cs", "values[topic] == values[than] && topic < than", "topic < than", "false")),
        new("spent items", new Edit("Decisions/NeverPicked.cs", "entry.Slot >= 0 && query.Allowed.Permits(entry.Categories)", "query.Allowed", Nothing)),
        new("recent items in what goes with what", new Edit("Clients/ClientActor.Decisions.cs", "allowed.Permits(entry.Categories) && entry.TimeMs", "allowed", Nothing)),
        new(
            "impressions in caps of ads",
            new Edit("Campaigns/CampaignRules.cs", "audience.Allowed.Permits(DataCategories.Behaviour)", "audience.Allowed", Nothing),
            new Edit("Clients/ClientActor.Decisions.cs", "isOnRecord && MayCount(allowed) ? Profile.AdImpressions", "MayCount(allowed)", "MayCount(DataCategories.All)")),
        new("impressions in caps of content", new Edit("Clients/ClientActor.Picks.cs", "hasCaps && MayCount(allowed) ? Profile.ContentImpressions", "MayCount(allowed)", "MayCount(DataCategories.All)")),
        new("traits in ads", new Edit(Attributes, "known.Traits.Find(path.Rest, allowed)", "allowed", Nothing)),
        new("traits in profiles", new Edit(View, "profile.Traits.Holds(t, allowed)", "allowed", Nothing)),
        new("traits of one name", new Edit("Profiles/TraitTable.Statements.cs", ": Categories(a) == Categories(b)", "Categories(a) == Categories(b)", "true")),
        new("by what act a trait was stated", new Edit(View, "allowed.Permits(TraitTable.SourceCategories(t))", "allowed", Nothing)),
        new("room for recent items", new Edit("Profiles/RecentItems.cs", "_rooms[at].Categories != categories", "_rooms[at].Categories != categories", "false"), new Edit("Profiles/RecentItems.cs", "_entries[at].Categories != categories", "_entries[at].Categories != categories", "false")),
        new("room for traits", new Edit("Profiles/TraitTable.cs", "_traits.Count(t => IsSameRoom(t, trait)) > ProfileLimits.Traits", "_traits.Count(t => IsSameRoom(t, trait))", "_traits.Count")),
        new("a no to a trait that was lifted", new Edit("Profiles/TraitTable.cs", "t.Trust == Trust.Rejected && IsOver(t, trait)", "IsOver(t, trait)", "false")),
        new("counters", new Edit(Attributes, "allowed.Permits(counter.Categories)", "allowed", Nothing)),
        new("counters in profiles", new Edit(View, "allowed.Permits(c.Categories)", "allowed", Nothing)),
        new("recent items in profiles", new Edit(View, "allowed.Permits(e.Categories)", "allowed", Nothing)),
        new("money", new Edit(Attributes, "OfMoney(known.Money, allowed, path)", "allowed", Nothing)),
        new("money in profiles", new Edit(View, "profile.Money.View(allowed)", "allowed", Nothing)),
        new("money of acts that declare", new Edit("Profiles/MoneyLedger.cs", "allowed.Permits(BoughtAndSaid)", "BoughtAndSaid", "DataCategories.Purchases")),
        new("money of acts that declare in the other sum", new Edit("Profiles/MoneyLedger.cs", "(categories & DataCategories.Declared) != 0 ? _said", "(categories & DataCategories.Declared) != 0", "false")),
        new("when it was last seen", new Edit(Attributes, "known.HasEvents && MayUseAllActs", "MayUseAllActs", "true")),
        new("when it was seen in profiles", new Edit(View, "allowed.Permits(DataCategories.Acts) && profile.HasEvents", "allowed", Nothing)),
        new("the session", new Edit(Attributes, "path.Rest == \"events\" && MayUseAllActs", "MayUseAllActs", "true")),
        new("the session in profiles", new Edit(View, "allowed.Permits(DataCategories.Acts) && profile.Sessions", "allowed", Nothing)),
        new("segments in profiles", new Edit(View, "allowed == DataCategories.All ? profile.Segments.All", OfAll, "true")),
        new("who counts in segments", new Edit("Clients/ClientActor.Segments.cs", "counted.Permits(segment.Needs)", "counted", Nothing)),
        new("who counts in reports", new Edit("Clients/ClientActor.Probes.cs", "Allowed(turn, Purposes.Analytics, \"\", context).Permits(DataCategories.Evidence)", "Allowed(turn, Purposes.Analytics, \"\", context)", Nothing)),
        new(
            "segments",
            new Edit(
                Attributes,
                "segments.Holding(this, allowed)",
                "segments.Holding(this, allowed)",
                "segments.Holding(new ProfileAttributes(clientId, profile, DataCategories.All, nowMs, placement, context), DataCategories.All)")),
        new("interests in probes", new Edit("Probes/ProbeChoice.cs", "interests.Affinities(query.AtMs, query.Allowed,", "query.Allowed", Nothing)),
        new("questions shown", new Edit("Probes/ProbeChoice.cs", "query.Allowed.Permits(Needed)", "Needed", "DataCategories.Inferred | DataCategories.Declared")),
        new("version in content", new Edit("Clients/ClientActor.Decisions.cs", "profile is null || allowed != DataCategories.All", "allowed", Nothing)),
        new("whether there is a profile", new Edit("Clients/ClientActor.Decisions.cs", "allowed == DataCategories.All && !Profile.IsAnybody", "allowed", Nothing)),
        new("the known id", new Edit("Clients/ClientActor.Decisions.cs", "Recipients.IsOther(recipient) || Key", "Recipients.IsOther(recipient)", "false")),
        new("the recipient's own denials in content", new Edit("Clients/ClientActor.Picks.cs", "Allowed(turn, Purposes.Personalization, request.Recipient,", "request.Recipient", "\"\"")),
        new("the recipient's own denials in ads", new Edit("Clients/ClientActor.Decisions.cs", "Allowed(turn, Purposes.Advertising, request.Recipient,", "request.Recipient", "\"\"")),
        new(
            "conversions in ads",
            new Edit("Campaigns/CampaignRules.cs", "if (audience.Impressions is not null && answers", "audience.Impressions is not null", "true"),
            new Edit("Campaigns/CampaignRules.cs", "IsConverted(ad.Kind, ad.Id, audience.Allowed)", "audience.Allowed", Nothing)),
        new(
            "segments in learning",
            new Edit("Clients/ClientActor.Learning.cs", "new ProfileAttributes(name, profile, allowed,", "allowed", Nothing),
            new Edit("Clients/ClientActor.Learning.cs", "Holds(rules.LearningSegments[i], client, allowed)", "allowed", Nothing)),
        new("interests on record", new Edit(Record, "profile.Interests.Categories(allowed)", "allowed", Nothing)),
        new("traits on record", new Edit(Record, "profile.Traits.Holds(trait, allowed)", "allowed", Nothing)),
        new("counters on record", new Edit(Record, "If(allowed, profile.Counters.All[i].Categories)", "allowed", Nothing)),
        new("recent items on record", new Edit(Record, "If(allowed, profile.RecentItems[i].Categories)", "allowed", Nothing)),
        new("money on record", new Edit(Record, "profile.Money.Categories(allowed)", "allowed", Nothing)),
        new("impressions on record", new Edit(Record, "If(allowed, DataCategories.Behaviour)", "allowed", Nothing)),
        new("conversions on record", new Edit(Record, "If(allowed, conversion)", "allowed", Nothing)),
        new("segments on record", new Edit(Record, "if (allowed == DataCategories.All", "allowed == DataCategories.All", "true")),
        new("when it was last seen on record", new Edit(Record, "profile.HasEvents && allowed.Permits(", "allowed", Nothing)),
        new("the record of disclosures", new Edit("Clients/ClientActor.Disclosures.cs", "KnownCategories.Of(Profile, allowed)", "allowed", Nothing)),
        new(
            "the recipient's own denials in profiles",
            new Edit("Clients/ClientActor.Disclosures.cs", "Allowed(turn, Purposes.Sharing, recipient, context: null)", "recipient", "\"\""),
            new Edit("Clients/ClientActor.Disclosures.cs", "Allowed(turn, purpose, recipient, context: null)", "recipient", "\"\"")),
    ];

    /// <summary>Of all lists.</summary>
    public static readonly Mutant[] All =
        [.. Readers, .. KeepingMutants.All, .. ForgettingMutants.OfAge, .. ForgettingMutants.OfConsent, .. ForgettingMutants.Lines.Select(line => line.Fault)];

    /// <summary>One fault.</summary>
    public sealed record Mutant(string Name, params Edit[] Edits);

    /// <param name="File">Below the folder of the domain.</param>
    /// <param name="Where">A piece of the source that is there once.</param>
    /// <param name="Expression">In it.</param>
    /// <param name="Fault">Of the same type.</param>
    public sealed record Edit(string File, string Where, string Expression, string Fault);
}
