using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// A client's live state, changed by journal entries alone: <see cref="Apply"/> on the live path and on replay is the
/// same. Bounded in every dimension by <see cref="ProfileLimits"/>. Not safe for two threads at once.
/// </summary>
public sealed partial class ClientProfile
{
    public ClientProfile()
    {
        TrustHistory = new TrustHistory();
        Interests = new InterestTable(TrustHistory);
        Traits = new TraitTable(TrustHistory);
    }

    /// <summary>Sequence of the last journal entry applied; 0 before the first.</summary>
    public ulong JournalSequence { get; internal set; }

    /// <summary>Grows with every change.</summary>
    public ulong Version { get; internal set; }

    /// <summary>The client that this id became a part of; null when it did not.</summary>
    public string? AliasOf { get; internal set; }

    /// <summary>Events up to then stay out; 0 when never erased.</summary>
    public long ErasedAtMs { get; internal set; }

    public long FirstSeenMs => Seen.FirstMs;

    public long LastSeenMs => Seen.LastMs;

    /// <summary>By what acts, too.</summary>
    internal SeenLog Seen { get; private set; } = new();

    /// <summary>From when idleness counts where nothing that is kept bears a time; 0 until retention has come by.</summary>
    internal long IdleFromMs { get; set; }

    internal TrustHistory TrustHistory { get; private set; }

    internal InterestTable Interests { get; private set; }

    internal TraitTable Traits { get; private set; }

    internal EventCounters Counters { get; private set; } = new();

    internal RecentItems RecentItems { get; private set; } = new();

    internal SessionLog Sessions { get; private set; } = new();

    internal MoneyLedger Money { get; private set; } = new();

    internal ImpressionLog Impressions { get; private set; } = new(ProfileLimits.Impressions);

    internal ImpressionLog AdImpressions { get; private set; } = new(ProfileLimits.AdImpressions);

    internal ImpressionLog ContentImpressions { get; private set; } = new(ProfileLimits.ContentImpressions);

    /// <summary>Null mostly.</summary>
    internal AdAnswers? AdAnswers { get; set; }

    internal ShownPicks ShownPicks { get; private set; } = new();

    internal ConsentLedger Consents { get; private set; } = new();

    /// <summary>Null mostly.</summary>
    internal ProbeMemory? Probes { get; set; }

    internal DedupWindow RememberedEvents { get; private set; } = new();

    internal SortedSet<string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>What holds for single ids beside that they are aliases; null mostly.</summary>
    internal LinkedIds? LinkedIds { get; private set; }

    /// <summary>
    /// Whether some id was linked to it once, or given up by it: a known client, which never becomes a part of another, also when no
    /// id leads to it any more.
    /// </summary>
    internal bool IsKnown { get; set; }

    internal SegmentMemberships Segments { get; private set; } = new();

    internal DisclosureLog Disclosures { get; private set; } = new();

    /// <summary>Null mostly.</summary>
    internal UnknownFields? Unknown { get; set; }

    /// <summary>Whether nothing is kept about the client: no event, no consent, no link, no tombstone.</summary>
    public bool IsEmpty => Version == 0;

    /// <summary>Whether nothing is kept but the time of an erasure.</summary>
    public bool IsTombstone => ErasedAtMs > 0 && AliasOf is null && !HoldsAnything;

    /// <summary>Whether anything is known of the client, was said by it or is linked to it.</summary>
    internal bool HoldsAnything =>
        HasEvents || Unknown is not null || IsKnown || Aliases.Count > 0 || LinkedIds is not null || Probes is not null
        || Consents.History.Count > 0 || Consents.Rules.Count > 0
        || Interests.Count > 0 || Traits.All.Count > 0 || Impressions.Count > 0 || AdImpressions.Count > 0
        || ContentImpressions.Count > 0 || AdImpressions.LostMs > 0 || ContentImpressions.LostMs > 0 || AdAnswers is not null || ShownPicks.Count > 0 || !Segments.All.IsEmpty || !Disclosures.IsEmpty
        || Countries.Count > 0 || RememberedEvents.Count > 0 || Counters.All.Count > 0 || RecentItems.Count > 0 || !Sessions.IsEmpty
        || Money.Purchases > 0 || TrustHistory.All.Count > 0;

    /// <summary>Whether some event was kept, and when it was.</summary>
    internal bool HasEvents => LastSeenMs != 0;

    /// <summary>Whether there is anything to decide by: what is known of interests may outlast when the client was seen.</summary>
    internal bool IsAnybody => HasEvents || Interests.Count > 0;

    /// <summary>The time to look at the profile from: a clock that steps back does not make evidence grow.</summary>
    internal long ViewTime(long nowMs) => Math.Max(nowMs, LastSeenMs);

    /// <summary>Makes one change. The entry must be the next in sequence and stays the caller's.</summary>
    public void Apply(JournalEntry entry)
    {
        switch (entry.ChangeCase)
        {
            case JournalEntry.ChangeOneofCase.Event:
                Apply(entry.Event);
                break;
            case JournalEntry.ChangeOneofCase.ConsentsSet:
                Apply(entry.ConsentsSet);
                break;
            case JournalEntry.ChangeOneofCase.InterestAnswered:
                Apply(entry.InterestAnswered);
                break;
            case JournalEntry.ChangeOneofCase.Merged:
                Apply(entry.Merged);
                break;
            case JournalEntry.ChangeOneofCase.Unlinked:
                Apply(entry.Unlinked);
                break;
            case JournalEntry.ChangeOneofCase.AliasSet:
                Forget();
                AliasOf = entry.AliasSet.ClientId;
                break;
            case JournalEntry.ChangeOneofCase.Erased:
                Forget();
                AliasOf = null;
                ErasedAtMs = Math.Max(ErasedAtMs, entry.Erased.TimeMs);
                break;
            case JournalEntry.ChangeOneofCase.AdsShown:
                foreach (StoredImpression shown in entry.AdsShown.Impressions)
                {
                    ImpressionLog log = shown.Kind == StoredImpression.Types.Kind.Item ? ContentImpressions : AdImpressions;
                    log.Add(shown);
                }

                break;
            case JournalEntry.ChangeOneofCase.Probed:
                Apply(entry.Probed);
                break;
            case JournalEntry.ChangeOneofCase.Expired:
                Apply(entry.Expired);
                break;
            case JournalEntry.ChangeOneofCase.SegmentsChanged:
                Apply(entry.SegmentsChanged);
                break;
            case JournalEntry.ChangeOneofCase.Disclosed:
                Disclosures.Put(entry.Disclosed.Row);
                break;
            case JournalEntry.ChangeOneofCase.None:
            default:
                throw new CorruptRecordException($"Journal entry {entry.Sequence} holds no change that this version knows.");
        }

        if (entry.ChangeCase is not (JournalEntry.ChangeOneofCase.Expired or JournalEntry.ChangeOneofCase.SegmentsChanged))
        {
            IdleFromMs = 0;
        }

        JournalSequence = entry.Sequence;
        Version++;
    }

    /// <summary>
    /// Makes the other's content a part of this. Commutative, associative and lossless while no bound evicts; the stricter
    /// consent wins.
    /// </summary>
    public void Merge(ClientProfile other)
    {
        Seen.Merge(other.Seen);
        Version += other.Version;
        ErasedAtMs = Math.Max(ErasedAtMs, other.ErasedAtMs);
        TrustHistory.Merge(other.TrustHistory);
        Interests.Merge(other.Interests);
        Traits.Merge(other.Traits);
        Counters.Merge(other.Counters);
        RecentItems.Merge(other.RecentItems);
        Sessions.Merge(other.Sessions);
        Money.Merge(other.Money);
        Impressions.Merge(other.Impressions);
        AdImpressions.Merge(other.AdImpressions);
        ContentImpressions.Merge(other.ContentImpressions);
        ShownPicks.Merge(other.ShownPicks);
        Consents.Merge(other.Consents);
        RememberedEvents.Merge(other.RememberedEvents);
        Segments.Merge(other.Segments);
        Disclosures.Merge(other.Disclosures);
        Aliases.UnionWith(other.Aliases);
        IsKnown |= other.IsKnown;
        Take(other.LinkedIds?.Save() ?? []);
        if (other.Probes is not null)
        {
            (Probes ??= new ProbeMemory()).Merge(other.Probes);
        }

        if (other.AdAnswers is not null)
        {
            (AdAnswers ??= new AdAnswers()).Merge(other.AdAnswers);
        }

        State(other.Whereabouts);
    }

    private void Forget()
    {
        TrustHistory = new TrustHistory();
        Interests = new InterestTable(TrustHistory);
        Traits = new TraitTable(TrustHistory);
        Counters = new EventCounters();
        RecentItems = new RecentItems();
        Sessions = new SessionLog();
        Money = new MoneyLedger();
        Impressions = new ImpressionLog(ProfileLimits.Impressions);
        AdImpressions = new ImpressionLog(ProfileLimits.AdImpressions);
        ContentImpressions = new ImpressionLog(ProfileLimits.ContentImpressions);
        AdAnswers = null;
        ShownPicks = new ShownPicks();
        Consents = new ConsentLedger();
        Probes = null;
        RememberedEvents = new DedupWindow();
        Segments = new SegmentMemberships();
        Disclosures = new DisclosureLog();
        Aliases.Clear();
        LinkedIds = null;
        IsKnown = false;
        Whereabouts = Whereabouts.Unknown;
        Unknown = null;
        Seen = new SeenLog();
        IdleFromMs = 0;
    }
}
