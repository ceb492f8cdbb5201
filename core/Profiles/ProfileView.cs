using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Profiles;

/// <summary>A profile as the client and the tenant see it.</summary>
internal static class ProfileView
{
    public static Profile Of(string clientId, ClientProfile profile, long nowMs)
    {
        long at = profile.ViewTime(nowMs);
        var view = new Profile { ClientId = clientId, Version = profile.Version, Money = profile.Money.View() };
        if (profile.HasEvents)
        {
            view.FirstSeen = Time(profile.FirstSeenMs);
            view.LastSeen = Time(profile.LastSeenMs);
        }

        view.Interests.AddRange(Interests(profile.Interests, at));
        view.Traits.AddRange(profile.Traits.All.Select(View));
        view.Counters.AddRange(profile.Counters.All.Select(c => c.View(at)));
        for (int i = profile.RecentItems.Count - 1; i >= 0; i--)
        {
            ref RecentItems.Entry e = ref profile.RecentItems[i];
            view.RecentItems.Add(new RecentItem { ItemId = e.ItemId, Type = e.Type, Time = Time(e.TimeMs) });
        }

        view.Consents.AddRange(profile.Consents.Rules);
        view.Aliases.AddRange(profile.Aliases);
        if (profile.Sessions.Latest is { } session)
        {
            view.Session = new Session { Start = Time(session.StartMs), Last = Time(session.LastMs), Events = session.Events };
        }

        return view;
    }

    public static Interest View(InterestTable table, int i, long nowMs)
    {
        ref InterestTable.Entry entry = ref table[i];
        return new Interest
        {
            Topic = entry.Topic,
            Affinity = table.Affinity(i, nowMs),
            PassiveCount = entry.PassiveCount,
            ActiveCount = entry.ActiveCount,
            Trust = entry.Trust,
            LastSeen = Time(entry.LastSeenMs),
        };
    }

    public static Timestamp Time(long ms) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(ms));

    private static IEnumerable<Interest> Interests(InterestTable table, long nowMs) =>
        Enumerable.Range(0, table.Count)
            .Select(i => View(table, i, nowMs))
            .OrderByDescending(i => i.Affinity)
            .ThenBy(i => i.Topic, StringComparer.Ordinal);

    private static Trait View(StoredTrait t) => new()
    {
        Name = t.Name,
        Value = t.Value,
        Category = t.Category,
        Provenance = t.Provenance,
        Time = Time(t.TimeMs),
        Source = t.Source,
    };
}
