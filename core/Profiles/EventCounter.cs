using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Events of one type: all, and in sliding windows whose start is rounded down to five minutes (one hour), an hour (one
/// day) or a day, in UTC (seven and thirty days).
/// </summary>
internal sealed class EventCounter(string type)
{
    private const long MinuteMs = 60_000;
    private BucketSeries _fiveMinutes = new(5 * MinuteMs, 13);
    private BucketSeries _hours = new(60 * MinuteMs, 25);
    private BucketSeries _days = new(24 * 60 * MinuteMs, 31);

    public string Type { get; } = type;

    public ulong Total { get; private set; }

    public void Prefetch()
    {
        _fiveMinutes.Prefetch();
        _hours.Prefetch();
        _days.Prefetch();
    }

    /// <summary>Of all events counted.</summary>
    public DataCategories Categories { get; private set; }

    public void Add(long timeMs, DataCategories categories)
    {
        Total++;
        Categories |= categories;
        _fiveMinutes.Add(timeMs);
        _hours.Add(timeMs);
        _days.Add(timeMs);
    }

    public void Merge(EventCounter other)
    {
        Total += other.Total;
        Categories |= other.Categories;
        _fiveMinutes.Merge(other._fiveMinutes);
        _hours.Merge(other._hours);
        _days.Merge(other._days);
    }

    public ulong LastHour(long nowMs) => _fiveMinutes.CountSince(nowMs, 13);

    public ulong LastDay(long nowMs) => _hours.CountSince(nowMs, 25);

    public ulong Last7Days(long nowMs) => _days.CountSince(nowMs, 8);

    public ulong Last30Days(long nowMs) => _days.CountSince(nowMs, 31);

    public Counter View(long nowMs) => new()
    {
        Type = Type,
        Total = Total,
        LastHour = LastHour(nowMs),
        LastDay = LastDay(nowMs),
        Last7Days = Last7Days(nowMs),
        Last30Days = Last30Days(nowMs),
    };

    public StoredCounter Save(StoredCounter stored)
    {
        stored.Type = Type;
        stored.Total = Total;
        stored.Categories = (uint)Categories;
        _fiveMinutes.Save(stored.FiveMinutes, stored.FiveMinutesCount);
        _hours.Save(stored.Hours, stored.HoursCount);
        _days.Save(stored.Days, stored.DaysCount);
        return stored;
    }

    public static EventCounter Load(StoredCounter stored)
    {
        var counter = new EventCounter(stored.Type) { Total = stored.Total, Categories = CategoryNames.OfStored(stored.Categories) };
        counter._fiveMinutes.Load(stored.FiveMinutes, stored.FiveMinutesCount);
        counter._hours.Load(stored.Hours, stored.HoursCount);
        counter._days.Load(stored.Days, stored.DaysCount);
        return counter;
    }
}
