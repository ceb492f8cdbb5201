using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Retention;

/// <summary>
/// What is too old to be kept, decided from a stored profile and its rules alone, so that every engine's sweep decides
/// alike. What the client decided, its noes to interests, traits, ads and probes among it, the ids linked to it and the time of an
/// erasure outlive everything else.
/// </summary>
/// <remarks>
/// By category: items, counters, sessions, when the client was seen and what ads led to go with any of their acts' categories, each by
/// its time; with <c>behaviour</c> impressions; <c>inferred</c> is
/// evidence of interests that was concluded, of each set of categories by the last of it, and segments, by when they were left; <c>declared</c> is
/// that the client spoke about an interest, by what it said last, except rejections, which keep a topic from coming back and hold again where
/// it lifted them, and what was spent by acts that also declared something; <c>purchases</c>
/// is all that was spent, both by the last of those purchases;
/// and traits go by their own category, one that names none of the seven also as demographics, except rejected ones, which have no value left;
/// with them their steps of trust, and by their own time those of what a rejection took away.
/// </remarks>
public static partial class Expiry
{
    private const string Behaviour = "behaviour";
    private const string Inferred = "inferred";
    private const string Declared = "declared";
    private const string Purchases = "purchases";
    internal const long DayMs = 24 * 60 * 60 * 1000;

    /// <summary>The change to be journalled for a profile; null when nothing of it is due.</summary>
    public static JournalEntry.Types.Expired? Due(ClientProfile profile, RetentionRules rules, long nowMs)
    {
        if (rules.IsNone || profile.AliasOf is not null)
        {
            return null;
        }

        var expired = new JournalEntry.Types.Expired
        {
            Idle = rules.Idle is { } idle && LastKnown.Ms(profile) is > 0 and var last && last < Before(idle, nowMs),
            TimeMs = nowMs,
            DisclosuresBeforeMs = rules.Disclosures is { } age ? Before(age, nowMs) : 0,
        };
        foreach ((string category, TimeSpan kept) in rules.Categories)
        {
            expired.Rules.Add(new JournalEntry.Types.Expired.Types.Rule { Category = category, BeforeMs = Before(kept, nowMs) });
        }

        foreach ((string type, TimeSpan kept) in rules.EventTypes)
        {
            expired.Rules.Add(new JournalEntry.Types.Expired.Types.Rule { EventType = type, BeforeMs = Before(kept, nowMs) });
        }

        if (rules.Idle is not null && LastKnown.Ms(profile) == 0 && HoldsSomethingIdle(profile, nowMs))
        {
            expired.IdleFromMs = nowMs;
        }

        return Apply(ProfileCodec.Save(profile), expired) || expired.IdleFromMs != 0 ? expired : null;
    }

    /// <summary>Takes out what has expired; false when nothing has.</summary>
    internal static bool Apply(StoredProfile stored, JournalEntry.Types.Expired expired)
    {
        int before = stored.CalculateSize();
        if (expired.Idle)
        {
            Empty(stored, expired.TimeMs);
        }

        foreach (JournalEntry.Types.Expired.Types.Rule rule in expired.Rules)
        {
            if (rule.EventType.Length > 0)
            {
                Type(stored, rule.EventType, rule.BeforeMs);
            }
            else
            {
                Category(stored, rule.Category, rule.BeforeMs, expired.TimeMs);
            }
        }

        stored.AdImpressionsLostMs = Lost(stored.AdImpressionsLostMs, expired.TimeMs);
        stored.ContentImpressionsLostMs = Lost(stored.ContentImpressionsLostMs, expired.TimeMs);
        Remove(stored.AdImpressionsLost, lost => Lost(lost.TimeMs, expired.TimeMs) == 0);
        Remove(stored.Disclosures, row => DisclosureLog.EndMs(row) <= expired.DisclosuresBeforeMs);

        // By what all the rules left.
        Change(stored, memory => memory.KeepCounted(topic => stored.Interests.Any(i => i.Topic == topic && i.Trust != Trust.Rejected)));
        bool isNarrower = false;
        foreach (JournalEntry.Types.Expired.Types.Rule rule in expired.Rules)
        {
            isNarrower |= SeenTimes.Narrow(stored, CategoryNames.Parse(rule.Category), rule.BeforeMs);
        }

        return isNarrower || stored.CalculateSize() != before;
    }

    // What was shown before is out of every cap's window.
    private static long FirstCountedMs(long nowMs) => nowMs - ImpressionLog.LongestWindowMs + 1;

    private static long Before(TimeSpan age, long nowMs) => nowMs - (long)age.TotalMilliseconds;

    // What caps may count still is not known any more when it is gone: those whose windows it is in count as reached.
    private static void Shown(StoredProfile stored, long before, long nowMs)
    {
        LostImpressions lost = LostImpressions.Load(stored.AdImpressionsLostMs, stored.AdImpressionsLost) ?? new LostImpressions();
        foreach (StoredImpression shown in stored.AdImpressions.Concat(stored.ContentImpressions).Where(s => s.TimeMs < before && s.UntilMs > nowMs))
        {
            if (shown.Kind == StoredImpression.Types.Kind.Item)
            {
                stored.ContentImpressionsLostMs = Math.Max(stored.ContentImpressionsLostMs, shown.TimeMs);
            }
            else
            {
                lost.Add(shown.Kind == StoredImpression.Types.Kind.LineItem ? shown.Recipient : Recipients.Self, shown.TimeMs);
            }
        }

        lost.Save(stored);

        Remove(stored.Impressions, shown => shown.TimeMs < before);
        Remove(stored.AdImpressions, shown => shown.TimeMs < before);
        Remove(stored.ContentImpressions, shown => shown.TimeMs < before);
    }

    // Out of every window it tells nothing.
    private static long Lost(long lostMs, long nowMs) => lostMs <= nowMs - ImpressionLog.LongestWindowMs ? 0 : lostMs;

    private static void Category(StoredProfile stored, string category, long before, long nowMs)
    {
        Traits(stored, category, before);
        DataCategories kind = CategoryNames.Parse(category);
        Acts(stored, before, (_, categories) => (CategoryNames.OfStored(categories) & kind) != 0);
        Remove(stored.Sessions, session => (CategoryNames.OfStored(session.Categories) & kind) != 0 && session.LastMs < before);
        Remove(stored.ShownPicks, shown => (CategoryNames.OfStored(shown.Categories) & kind) != 0 && shown.TimeMs < before);
        SeenTimes.Expire(stored, kind, before);
        switch (category)
        {
            case Behaviour:
                Shown(stored, before, nowMs);
                break;
            case Inferred:
                InterestCodec.Change(stored, table => table.ExpireInferred(before));
                Remove(stored.Segments, segment => segment.LeftMs != 0 && segment.LeftMs < before);
                break;
            case Declared:
                InterestCodec.Change(stored, table => table.ExpireDeclared(before));
                Change(stored, memory => memory.ForgetAnswers(before));
                stored.DeclaredMoney = Left(stored.DeclaredMoney, before);
                break;
            case Purchases:
                stored.Money = Left(stored.Money, before);
                stored.DeclaredMoney = Left(stored.DeclaredMoney, before);
                break;
            default:
                break;
        }

        // Caps count questions as long as they count anything.
        bool isUnasked = false;
        ProbeMemory? left = Change(stored, memory => isUnasked = memory.Unask(kind, before, Math.Min(before, FirstCountedMs(nowMs))));
        if (isUnasked || category == Declared)
        {
            InterestCodec.Change(stored, table => table.KeepAsked(topic => left?.Find(topic)));
        }
    }

    private static void KeepConversions(StoredProfile stored, Func<StoredAdAnswer, bool> keeps)
    {
        AdAnswers? answers = AdAnswers.Load(stored.AdAnswers);
        stored.AdAnswers.Clear();
        answers?.KeepConversions(keeps);
        answers?.Save(stored.AdAnswers);
    }

    // Amounts are not kept by type: they go when the last purchase of any type is that old.
    private static void Type(StoredProfile stored, string type, long before)
    {
        Acts(stored, before, (of, _) => of == type);
        stored.Money = Left(stored.Money, before, type);
        stored.DeclaredMoney = Left(stored.DeclaredMoney, before, type);
    }

    // By the types that are noted with it: their counters may be gone for long, or have been evicted.
    private static StoredMoney? Left(StoredMoney? money, long before, string type = "") =>
        money?.LastPurchaseMs < before && (type.Length == 0 || money.Types_.Contains(type)) ? null : money;

    private static void Acts(StoredProfile stored, long before, Func<string, uint, bool> isOne)
    {
        foreach (StoredTrait trait in stored.Traits)
        {
            if (trait.TimeMs < before && TraitTable.SourceCategories(trait) is not DataCategories.None and var act && isOne(trait.Source, (uint)act))
            {
                TraitTable.ForgetSource(trait);
            }
        }

        TrustHistory.ForgetSources(stored.TrustHistory, step => step.TimeMs < before && isOne(step.Source, (uint)TrustHistory.SourceCategories(step)));
        Remove(stored.RecentItems, item => item.TimeMs < before && isOne(item.Type, item.Categories));
        Remove(stored.Counters, counter => isOne(counter.Type, counter.Categories) && LastMs(counter) < before);
        KeepConversions(stored, row => row.ConvertedMs >= before || !isOne(EventTypeTable.Conversion, row.Categories));
    }

    private static ProbeMemory? Change(StoredProfile stored, Action<ProbeMemory> leaveOut)
    {
        ProbeMemory? memory = ProbeMemory.Load(stored.Probes);
        if (memory is not null)
        {
            leaveOut(memory);
            stored.Probes = memory.IsEmpty ? null : memory.Save();
        }

        return memory;
    }

    // Days are numbered from the epoch; the newest is kept as long as its counter.
    private static long LastMs(StoredCounter counter) => counter.Days.Count == 0 ? 0 : (counter.Days.Max() + 1L) * DayMs;

    private static void Remove<T>(RepeatedField<T> entries, Func<T, bool> isDue)
    {
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            if (isDue(entries[i]))
            {
                entries.RemoveAt(i);
            }
        }
    }
}
