namespace Footprint.Grid.Core.Profiles;

/// <summary>Keeps one string of each kind while a profile is loaded: stored bytes repeat types, items and placements.</summary>
internal sealed class SharedStrings
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public string Share(string text)
    {
        if (_seen.TryGetValue(text, out string? known))
        {
            return known;
        }

        _seen.Add(text);
        return text;
    }
}
