namespace Footprint.Grid.Core.Profiles;

/// <summary>Whose law holds for the client: that of where it was last, in whatever order one hears of it.</summary>
public sealed partial class ClientProfile
{
    internal SortedSet<string> Countries { get; } = new(StringComparer.Ordinal);

    /// <summary>When the client was there; 0 where that is not known.</summary>
    internal long CountriesMs { get; private set; }

    /// <summary>
    /// Where the client is when it was in the others at that time: of two times the later tells; of the same both do, and where
    /// one is not known, so that the stricter of their laws holds.
    /// </summary>
    internal IReadOnlyCollection<string> CountriesWith(IReadOnlyCollection<string> others, long atMs) =>
        others.Count == 0 || (Countries.Count > 0 && atMs != 0 && atMs < CountriesMs) ? Countries
        : Countries.Count == 0 || (CountriesMs != 0 && atMs > CountriesMs) ? others
        : [.. Countries.Union(others).Order(StringComparer.Ordinal).Take(ProfileLimits.Countries)];

    private void State(string country, long atMs)
    {
        if (country.Length > 0 && Countries.Count == 1 && Countries.Contains(country))
        {
            CountriesMs = Math.Max(CountriesMs, atMs);
        }
        else if (country.Length > 0)
        {
            State([country], atMs);
        }
    }

    /// <summary>Has the client have been in these countries then.</summary>
    internal void State(IReadOnlyCollection<string> countries, long atMs)
    {
        IReadOnlyCollection<string> told = CountriesWith(countries, atMs);
        if (!ReferenceEquals(told, Countries))
        {
            Countries.Clear();
            Countries.UnionWith(told);
            CountriesMs = Math.Max(CountriesMs, atMs);
        }
    }
}
