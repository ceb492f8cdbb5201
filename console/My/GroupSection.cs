using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>The segments that the client is in, and those that it was in lately.</summary>
internal static class GroupSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="groups"><h2 id="groups">{t["groups"]}</h2>
            <p>{t["groups.intro"]}</p>
            {Cards.List(t, "groups.none", view.Profile?.Segments.OrderBy(s => s.Left is not null).Select(s => Cards.Entry(s.SegmentId, When(t, s))))}</section>

            """);
    }

    private static string When(PageLanguage t, SegmentMembership segment) => segment.Left is null
        ? t.Format("group.in", Show.Time(segment.Entered))
        : t.Format("group.was", Show.Time(segment.Entered), Show.Time(segment.Left));
}
