using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Refuses stored contents that no version ever wrote: a time outside the calendar, a number that is not one, an entry
/// without its part. Later turns rely on it, and one that stumbled would take the client down with every request.
/// </summary>
internal static class StoredChecks
{
    private const long FirstMs = -62_135_596_800_000;
    private const long LastMs = 253_402_300_799_999;
    private const double ShortestHalfLifeS = 1;
    private const double LongestHalfLifeS = 1e10;

    public static void Check(StoredProfile stored)
    {
        Times(stored.FirstSeenMs, stored.LastSeenMs, stored.ReferenceMs, stored.ErasedAtMs);
        foreach (double halfLife in stored.HalfLifeS)
        {
            HalfLife(halfLife);
        }

        foreach (StoredInterest interest in stored.Interests)
        {
            Times(interest.TrustMs, interest.LastSeenMs);
            foreach (double evidence in interest.Evidence)
            {
                Finite(evidence, "evidence");
            }
        }

        foreach (StoredTrait trait in stored.Traits)
        {
            Times(trait.TimeMs);
        }

        foreach (StoredRecentItem item in stored.RecentItems)
        {
            Times(item.TimeMs);
        }

        foreach (StoredSession session in stored.Sessions)
        {
            Times(session.StartMs, session.LastMs);
        }

        if (stored.Money is { } money)
        {
            Times(money.LastPurchaseMs);
            foreach (Footprint.Grid.V1.Value spent in money.Spent)
            {
                Finite(spent.Amount, "amount");
            }
        }

        Impressions(stored.Impressions);
        Impressions(stored.AdImpressions);
        Consents(stored.Consents);
        Consents(stored.ConsentHistory);
    }

    /// <summary>Checks an entry before it is replayed; on the live path the intake has seen to all of it.</summary>
    public static void Check(JournalEntry entry)
    {
        switch (entry.ChangeCase)
        {
            case JournalEntry.ChangeOneofCase.Event:
                Event(entry.Event);
                break;
            case JournalEntry.ChangeOneofCase.ConsentsSet:
                Consents(entry.ConsentsSet.Consents);
                break;
            case JournalEntry.ChangeOneofCase.InterestAnswered:
                Times(entry.InterestAnswered.TimeMs);
                Evidence(entry.InterestAnswered.Weight, entry.InterestAnswered.HalfLifeS);
                break;
            case JournalEntry.ChangeOneofCase.Merged when entry.Merged.Profile is null:
                throw new CorruptRecordException($"Journal entry {entry.Sequence} merges no profile.");
            case JournalEntry.ChangeOneofCase.Erased:
                Times(entry.Erased.TimeMs);
                break;
            case JournalEntry.ChangeOneofCase.AdsShown:
                Impressions(entry.AdsShown.Impressions);
                break;
            default:
                break;
        }
    }

    private static void Event(StoredEvent e)
    {
        Times(e.TimeMs);
        Finite(e.Weight, "weight");
        if (e.Topics.Count > 0)
        {
            HalfLife(e.HalfLifeS);
        }

        foreach (TopicWeight topic in e.Topics)
        {
            Finite(topic.Weight, "weight");
        }

        Finite(e.Value?.Amount ?? 0, "amount");
    }

    private static void Evidence(double weight, double halfLifeS)
    {
        Finite(weight, "weight");
        if (weight != 0)
        {
            HalfLife(halfLifeS);
        }
    }

    private static void Impressions(IEnumerable<StoredImpression> impressions)
    {
        foreach (StoredImpression shown in impressions)
        {
            Times(shown.TimeMs);
        }
    }

    private static void Consents(IEnumerable<V1.Consent> consents)
    {
        foreach (V1.Consent consent in consents)
        {
            if (consent.Time is { } time && (time.Seconds is < FirstMs / 1000 or > LastMs / 1000 || time.Nanos is < 0 or > 999_999_999))
            {
                throw new CorruptRecordException($"A consent of second {time.Seconds}.");
            }
        }
    }

    private static void Times(params ReadOnlySpan<long> times)
    {
        foreach (long ms in times)
        {
            if (ms is < FirstMs or > LastMs)
            {
                throw new CorruptRecordException($"A time of {ms} ms is in no calendar.");
            }
        }
    }

    private static void HalfLife(double seconds)
    {
        if (!(seconds is >= ShortestHalfLifeS and <= LongestHalfLifeS))
        {
            throw new CorruptRecordException($"A half-life of {seconds} s.");
        }
    }

    private static void Finite(double number, string what)
    {
        if (!double.IsFinite(number))
        {
            throw new CorruptRecordException($"A stored {what} of {number}.");
        }
    }
}
