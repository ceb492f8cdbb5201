namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>What campaigns, and the placements of ads, are called among items and placements: no id of these holds a control character.</summary>
internal static class AdKey
{
    private const char Mark = '\t';

    public static string Of(string id) => Mark + id;

    public static bool Is(string key) => key.Length > 1 && key[0] == Mark;

    public static string Id(string key) => key[1..];
}
