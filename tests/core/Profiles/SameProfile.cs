using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Tests.Profiles;

/// <summary>Says where two profiles differ, evidence to a relative 1e-9; null when nowhere. Journal positions do not count.</summary>
internal static class SameProfile
{
    public static string? Difference(ClientProfile a, ClientProfile b)
    {
        StoredProfile x = ProfileCodec.Save(a);
        StoredProfile y = ProfileCodec.Save(b);
        return Interests(a, b)
            ?? Compare("version", x.Version, y.Version)
            ?? Compare("first seen", x.FirstSeenMs, y.FirstSeenMs)
            ?? Compare("last seen", x.LastSeenMs, y.LastSeenMs)
            ?? Compare("seen", x.Seen, y.Seen)
            ?? Compare("counters", x.Counters, y.Counters)
            ?? Compare("recent items", x.RecentItems, y.RecentItems)
            ?? Compare("sessions", x.Sessions, y.Sessions)
            ?? Compare("traits", Sorted(x.Traits.Select(t => t.ToString())), Sorted(y.Traits.Select(t => t.ToString())))
            ?? Compare("remembered", Sorted(x.RememberedEvents.Select(h => $"{h}")), Sorted(y.RememberedEvents.Select(h => $"{h}")))
            ?? Compare("aliases", x.Aliases, y.Aliases)
            ?? Compare("probes", x.Probes, y.Probes)
            ?? Compare("answers to ads", x.AdAnswers, y.AdAnswers)
            ?? Compare("countries", (x.Countries, x.CountriesMs, x.UndatedCountries), (y.Countries, y.CountriesMs, y.UndatedCountries))
            ?? Compare("segments", x.Segments, y.Segments)
            ?? Compare("linked ids", x.LinkedIds, y.LinkedIds)
            ?? Compare("disclosures", x.Disclosures, y.Disclosures)
            ?? Compare("consents", Sorted(x.Consents.Select(c => c.ToString())), Sorted(y.Consents.Select(c => c.ToString())))
            ?? Money(x.Money, y.Money)
            ?? Money(x.DeclaredMoney, y.DeclaredMoney);
    }

    private static string? Interests(ClientProfile a, ClientProfile b)
    {
        if (a.Interests.Count != b.Interests.Count)
        {
            return $"{a.Interests.Count} interests and {b.Interests.Count}";
        }

        for (int i = 0; i < a.Interests.Count; i++)
        {
            ref InterestTable.Entry entry = ref a.Interests[i];
            int j = b.Interests.Find(entry.Topic);
            if (j < 0)
            {
                return $"only one has {entry.Topic}";
            }

            foreach (DataCategories kind in a.Interests.Kinds.ToArray().Concat(b.Interests.Kinds.ToArray()).SelectMany(k => new[] { k, k | DataCategories.Declared }).Append(DataCategories.All).Distinct())
            {
                foreach (long days in new[] { 0L, 1, 30, 700, 4000 })
                {
                    long at = Math.Max(a.LastSeenMs, b.LastSeenMs) + (days * 86_400_000);
                    double x = a.Interests.Affinity(i, at, kind);
                    double y = b.Interests.Affinity(j, at, kind);
                    double scale = 1e-9 * Math.Max(1e-12, a.Interests.Gross(i, at) + b.Interests.Gross(j, at));
                    if (!(Math.Abs(x - y) <= scale))
                    {
                        return $"affinity of {kind} for {entry.Topic} after {days} days: {x:R} and {y:R}";
                    }
                }
            }

            ref InterestTable.Entry other = ref b.Interests[j];
            string? difference = Compare(
                    $"trust of {entry.Topic}",
                    (entry.Trust, entry.TrustMs, entry.ConfirmedMs, entry.RejectedMs),
                    (other.Trust, other.TrustMs, other.ConfirmedMs, other.RejectedMs))
                ?? Compare($"what there was of {entry.Topic}", Rows(a.Interests, i), Rows(b.Interests, j));
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private static string Rows(InterestTable table, int i)
    {
        var rows = new List<string>();
        for (int k = 0; k < table.Kinds.Length; k++)
        {
            InterestTable.Seen seen = table.SeenBy(i, k);
            if (seen.IsThere)
            {
                rows.Add($"{table.Kinds[k]}: {seen.LastMs} {seen.PassiveCount} {seen.ActiveCount} {seen.Source} {seen.Channel} {seen.IsImported}");
            }
        }

        return Sorted(rows);
    }

    // Evidence of both signs may cancel, so the difference is held against the size of what was added up.
    private static double Gross(this InterestTable table, int i, long at)
    {
        double sum = 0;
        for (int c = 0; c < table.Columns.Count; c++)
        {
            sum += Math.Abs(table.Evidence(i, c) * table.Columns.Decay(c, at));
        }

        return Math.Max(sum, 1);
    }

    private static string? Money(StoredMoney? x, StoredMoney? y)
    {
        if (x is null || y is null)
        {
            return x == y ? null : "only one has money";
        }

        bool same = x.Purchases == y.Purchases
            && x.LastPurchaseMs == y.LastPurchaseMs
            && x.Types_.Equals(y.Types_)
            && x.Spent.Count == y.Spent.Count
            && x.Spent.Zip(y.Spent).All(p => p.First.Currency == p.Second.Currency && Math.Abs(p.First.Amount - p.Second.Amount) < 1e-6);
        return same ? null : $"money: {x} and {y}";
    }

    private static string? Compare<T>(string what, T a, T b) => Equals(a, b) ? null : $"{what}: {a} and {b}";

    private static string Sorted(IEnumerable<string> texts) => string.Join(';', texts.Order(StringComparer.Ordinal));
}
