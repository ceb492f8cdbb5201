using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Retention;

/// <summary>When a client was first and last seen, by the data categories of what it did, which it goes with.</summary>
internal static class SeenTimes
{
    /// <summary>Leaves out acts of a category when the last of them was before.</summary>
    public static void Expire(StoredProfile stored, DataCategories category, long before)
    {
        for (int i = stored.Seen.Count - 1; i >= 0; i--)
        {
            if (IsOf(stored.Seen[i], category) && stored.Seen[i].LastMs < before)
            {
                stored.Seen.RemoveAt(i);
            }
        }
    }

    /// <summary>Has first times of acts of a category before the given one become those of what is left of just such acts. True when one changed.</summary>
    public static bool Narrow(StoredProfile stored, DataCategories category, long before)
    {
        bool isNarrower = false;
        foreach (StoredSeen row in stored.Seen)
        {
            if (IsOf(row, category) && row.FirstMs < before)
            {
                long first = Math.Clamp(FirstLeft(stored, row.Categories), row.FirstMs, row.LastMs);
                isNarrower |= first != row.FirstMs;
                row.FirstMs = first;
            }
        }

        stored.FirstSeenMs = stored.Seen.Select(row => row.FirstMs).DefaultIfEmpty().Min();
        stored.LastSeenMs = stored.Seen.Select(row => row.LastMs).DefaultIfEmpty().Max();
        return isNarrower;
    }

    private static bool IsOf(StoredSeen row, DataCategories category) => (CategoryNames.OfStored(row.Categories) & category) != 0;

    // By what acts left themselves, and by the day alone where nothing tells it better. What is concluded of them has no say.
    private static long FirstLeft(StoredProfile stored, uint categories)
    {
        long first = stored.RecentItems.Where(i => Is(i.Categories)).Select(i => i.TimeMs)
            .Concat(stored.Sessions.Where(s => Is(s.Categories)).Select(s => s.StartMs))
            .DefaultIfEmpty(long.MaxValue).Min();

        // Where a version did not tell acts of different categories apart, those of any.
        bool Is(uint others) => others == categories || (CategoryNames.OfStored(categories) == DataCategories.Acts && (CategoryNames.OfStored(others) & DataCategories.Acts) != 0);
        return first < long.MaxValue ? first : stored.Counters.Where(c => Is(c.Categories))
            .SelectMany(c => c.Days).Select(day => day * Expiry.DayMs).DefaultIfEmpty(long.MaxValue).Min();
    }
}
