using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// A client's live state, changed by journal entries alone: <see cref="Apply"/> on the live path and on replay is the
/// same. Bounded in every dimension by <see cref="ProfileLimits"/>. Not safe for two threads at once.
/// </summary>
public sealed class ClientProfile
{
    /// <summary>Sequence of the last journal entry applied; 0 before the first.</summary>
    public ulong JournalSequence { get; internal set; }

    /// <summary>Grows with every change.</summary>
    public ulong Version { get; internal set; }

    /// <summary>The client that this id became a part of; null when it did not.</summary>
    public string? AliasOf { get; internal set; }

    /// <summary>Events up to then stay out; 0 when never erased.</summary>
    public long ErasedAtMs { get; internal set; }

    public long FirstSeenMs { get; internal set; }

    public long LastSeenMs { get; internal set; }

    internal InterestTable Interests { get; private set; } = new();

    internal TraitTable Traits { get; private set; } = new();

    internal EventCounters Counters { get; private set; } = new();

    internal RecentItems RecentItems { get; private set; } = new();

    internal SessionLog Sessions { get; private set; } = new();

    internal MoneyLedger Money { get; private set; } = new();

    internal ImpressionLog Impressions { get; private set; } = new(ProfileLimits.Impressions);

    internal ImpressionLog AdImpressions { get; private set; } = new(ProfileLimits.AdImpressions);

    internal ConsentLedger Consents { get; private set; } = new();

    internal DedupWindow RememberedEvents { get; private set; } = new();

    internal SortedSet<string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>Null mostly.</summary>
    internal UnknownFields? Unknown { get; set; }

    /// <summary>Whether nothing is kept about the client: no event, no consent, no link, no tombstone.</summary>
    public bool IsEmpty => Version == 0;

    /// <summary>Whether nothing is kept but the time of an erasure.</summary>
    public bool IsTombstone =>
        ErasedAtMs > 0 && AliasOf is null && !HasEvents && Unknown is null && Aliases.Count == 0
        && Consents.History.Count == 0 && Consents.Rules.Count == 0
        && Interests.Count == 0 && Traits.All.Count == 0 && Impressions.Count == 0 && AdImpressions.Count == 0;

    /// <summary>Whether some event was kept.</summary>
    internal bool HasEvents => LastSeenMs != 0;

    /// <summary>The time to look at the profile from: a clock that steps back does not make evidence grow.</summary>
    internal long ViewTime(long nowMs) => Math.Max(nowMs, LastSeenMs);

    /// <summary>Asks for what a decision reads and writes of it: a profile lies in a dozen places, and is cold mostly.</summary>
    internal void Prefetch(int picks)
    {
        Interests.Prefetch();
        RecentItems.Prefetch(RankingWeights.RecentItems);
        Impressions.Prefetch(picks);
    }

    /// <summary>Makes one change. The entry must be the next in sequence and stays the caller's.</summary>
    public void Apply(JournalEntry entry)
    {
        switch (entry.ChangeCase)
        {
            case JournalEntry.ChangeOneofCase.Event:
                Apply(entry.Event);
                break;
            case JournalEntry.ChangeOneofCase.ConsentsSet:
                foreach (var act in entry.ConsentsSet.Consents)
                {
                    Consents.Set(act.Clone());
                }

                break;
            case JournalEntry.ChangeOneofCase.InterestAnswered:
                JournalEntry.Types.InterestAnswered answer = entry.InterestAnswered;
                Interests.Answer(answer.Topic, answer.Trust, answer.TimeMs, answer.Weight, answer.HalfLifeS);
                Saw(answer.TimeMs);
                break;
            case JournalEntry.ChangeOneofCase.Merged:
                if (Aliases.Add(entry.Merged.AnonymousId))
                {
                    Merge(ProfileCodec.Load(entry.Merged.Profile.Clone()));
                }

                break;
            case JournalEntry.ChangeOneofCase.AliasSet:
                Forget();
                AliasOf = entry.AliasSet.ClientId;
                break;
            case JournalEntry.ChangeOneofCase.Erased:
                Forget();
                AliasOf = null;
                ErasedAtMs = entry.Erased.TimeMs;
                break;
            case JournalEntry.ChangeOneofCase.AdsShown:
                foreach (StoredImpression shown in entry.AdsShown.Impressions)
                {
                    AdImpressions.Add(shown.Kind, shown.Key, shown.Placement, shown.TimeMs);
                }

                break;
            case JournalEntry.ChangeOneofCase.Expired:
                Apply(entry.Expired);
                break;
            case JournalEntry.ChangeOneofCase.None:
            default:
                throw new CorruptRecordException($"Journal entry {entry.Sequence} holds no change that this version knows.");
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
        if (other.HasEvents)
        {
            FirstSeenMs = HasEvents ? Math.Min(FirstSeenMs, other.FirstSeenMs) : other.FirstSeenMs;
            LastSeenMs = HasEvents ? Math.Max(LastSeenMs, other.LastSeenMs) : other.LastSeenMs;
        }

        Version += other.Version;
        ErasedAtMs = Math.Max(ErasedAtMs, other.ErasedAtMs);
        Interests.Merge(other.Interests);
        Traits.Merge(other.Traits);
        Counters.Merge(other.Counters);
        RecentItems.Merge(other.RecentItems);
        Sessions.Merge(other.Sessions);
        Money.Merge(other.Money);
        Impressions.Merge(other.Impressions);
        AdImpressions.Merge(other.AdImpressions);
        Consents.Merge(other.Consents);
        RememberedEvents.Merge(other.RememberedEvents);
        Aliases.UnionWith(other.Aliases);
    }

    private void Apply(JournalEntry.Types.Expired expired)
    {
        StoredProfile stored = ProfileCodec.Save(this);
        if (Expiry.Apply(stored, expired))
        {
            (ulong version, UnknownFields? unknown) = (Version, Unknown);
            ClientProfile rest = ProfileCodec.Load(stored);
            Forget();
            Merge(rest);
            (Version, Unknown) = (version, expired.Idle ? null : unknown);
        }
    }

    private void Apply(StoredEvent e)
    {
        RememberedEvents.Add(e.IdHash);
        string type = Counters.Add(e.Type, e.TimeMs);
        Sessions.Add(e.TimeMs);
        Interests.Add(e.Topics, e.Weight, e.HalfLifeS, e.Active, e.Declared, e.TimeMs);
        if (e.ItemId.Length > 0 && (e.Weight > 0 || e.Spent))
        {
            RecentItems.Add(e.ItemId, type, e.TimeMs, e.Spent, isDisliked: e.Weight < 0);
        }

        if (e.Purchase)
        {
            Money.Add(e.TimeMs, e.Value);
        }

        // Not foreach, which would make an enumerator for every event.
        for (int i = 0; i < e.Traits.Count; i++)
        {
            TraitValue trait = e.Traits[i];
            Traits.Put(new StoredTrait
            {
                Name = trait.Name,
                Value = trait.Value,
                Category = trait.Category,
                Provenance = e.Active ? Trait.Types.Provenance.Declared : Trait.Types.Provenance.Observed,
                TimeMs = e.TimeMs,
                Source = type,
            });
        }

        Saw(e.TimeMs);
    }

    private void Saw(long timeMs)
    {
        FirstSeenMs = HasEvents ? Math.Min(FirstSeenMs, timeMs) : timeMs;
        LastSeenMs = Math.Max(LastSeenMs, timeMs);
    }

    private void Forget()
    {
        Interests = new InterestTable();
        Traits = new TraitTable();
        Counters = new EventCounters();
        RecentItems = new RecentItems();
        Sessions = new SessionLog();
        Money = new MoneyLedger();
        Impressions = new ImpressionLog(ProfileLimits.Impressions);
        AdImpressions = new ImpressionLog(ProfileLimits.AdImpressions);
        Consents = new ConsentLedger();
        RememberedEvents = new DedupWindow();
        Aliases.Clear();
        Unknown = null;
        FirstSeenMs = 0;
        LastSeenMs = 0;
    }
}
