namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What a placement is called among the items that knowledge is kept by: no item's id holds a control character, so shards,
/// logs and stores of items carry placements without knowing.
/// </summary>
internal static class PlacementKey
{
    private const char Mark = '\n';

    public static string Of(string placement) => Mark + placement;

    public static bool Is(string key) => key.Length > 1 && key[0] == Mark;

    public static string Placement(string key) => key[1..];
}
