using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Retention;

/// <summary>When a client was first and last seen is behaviour, and goes with it, as far as what is left does not tell it.</summary>
internal static class SeenTimes
{
    /// <summary>Has times before the given one become those of the first and the last that is left, none when nothing is. True when one changed.</summary>
    public static bool Narrow(StoredProfile stored, long before)
    {
        (long first, long last) = (stored.FirstSeenMs, stored.LastSeenMs);
        if (last == 0 || first >= before)
        {
            return false;
        }

        if (stored.Interests.All(i => i.Trust == Trust.Rejected))
        {
            // Columns without evidence, which begin at when the client was seen.
            stored.HalfLifeS.Clear();
            stored.ColumnReferenceMs.Clear();
            stored.ColumnCategories.Clear();
        }

        (long from, long to) = Left(stored);
        stored.LastSeenMs = last >= before ? last : Math.Min(last, to);
        stored.FirstSeenMs = Math.Min(Math.Max(first, from), stored.LastSeenMs);
        return (first, last) != (stored.FirstSeenMs, stored.LastSeenMs);
    }

    // When nothing of an act is left the last is 0.
    private static (long From, long To) Left(StoredProfile stored)
    {
        (long from, long to) = (long.MaxValue, 0L);
        void See(long first, long last)
        {
            from = Math.Min(from, first);
            to = Math.Max(to, last);
        }

        foreach (StoredInterest interest in stored.Interests)
        {
            if (interest.Trust != Trust.Rejected)
            {
                See(interest.LastSeenMs, interest.LastSeenMs);
            }
        }

        // What evidence is relative to, which an event made it.
        foreach (long landmark in stored.ColumnReferenceMs)
        {
            See(long.MaxValue, landmark);
        }

        foreach (StoredRecentItem item in stored.RecentItems)
        {
            See(item.TimeMs, item.TimeMs);
        }

        foreach (StoredSession session in stored.Sessions)
        {
            See(session.StartMs, session.LastMs);
        }

        foreach (StoredMoney? money in (ReadOnlySpan<StoredMoney?>)[stored.Money, stored.DeclaredMoney])
        {
            See(money?.LastPurchaseMs ?? long.MaxValue, money?.LastPurchaseMs ?? 0);
        }

        // By the day alone, where nothing tells it better.
        foreach (StoredCounter counter in to == 0 ? stored.Counters : [])
        {
            See(counter.Days.DefaultIfEmpty().Min() * Expiry.DayMs, counter.Days.DefaultIfEmpty().Max() * Expiry.DayMs);
        }

        return (from, to);
    }
}
