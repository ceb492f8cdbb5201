using System.Globalization;
using Footprint.Grid.V1;
using Kind = Footprint.Grid.V1.Outcome.Types.Kind;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What the sums of a placement go by: its id and the kinds of outcomes that count as liked, so that what was learned of one
/// definition of liked never speaks of another. The id alone where clicks and conversions count; else a line feed, which no
/// id holds, and the kinds as bits follow it.
/// </summary>
internal static class LearningKey
{
    private const int Usual = (1 << (int)Kind.Click) | (1 << (int)Kind.Conversion);
    private const char Mark = '\n';

    public static string Of(Placement placement)
    {
        int kinds = 0;
        foreach (Placement.Types.Liked liked in placement.Liked)
        {
            kinds |= 1 << (int)liked;
        }

        return kinds is 0 or Usual ? placement.PlacementId : string.Create(CultureInfo.InvariantCulture, $"{placement.PlacementId}{Mark}{kinds}");
    }

    /// <summary>Whether an outcome of that kind counts as liked.</summary>
    public static bool IsLiked(string key, Kind kind)
    {
        int mark = key.LastIndexOf(Mark);
        int kinds = mark < 0 || !int.TryParse(key.AsSpan(mark + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int stated) ? Usual : stated;
        return (kinds & (1 << (int)kind)) != 0;
    }

    public static string Placement(string key) => key.LastIndexOf(Mark) is >= 0 and var mark ? key[..mark] : key;
}
