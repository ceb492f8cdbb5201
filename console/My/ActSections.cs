using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>What the client did and was shown, the newest of each.</summary>
internal static class ActSections
{
    private const int Most = 50;

    public static Markup Acts(FootprintView view)
    {
        var t = view.Language;
        var known = view.Known;
        var counters = known?.Profile?.Counters.Select(c => Entry(c.Type, t.Format("act.count", c.Total, c.Last30Days, c.LastDay)));
        return Markup.Of($"""
            <section aria-labelledby="acts"><h2 id="acts">{t["acts"]}</h2>
            {KnownSections.List(t["acts.none"], counters)}{Details(t, "recent", known?.Profile?.RecentItems.Select(i => Recent(t, i)).ToList())}{Details(t, "shown", known?.Impressions.Reverse().Select(i => Shown(t, i)).ToList())}</section>

            """);
    }

    private static Markup Recent(PageLanguage t, RecentItem item) => Entry(item.ItemId, t.Format("recent.value", item.Type, Show.Time(item.Time)));

    private static Markup Shown(PageLanguage t, ExportResponse.Types.Impression shown) =>
        Entry(shown.ItemId + shown.CampaignId + shown.LineItemId, t.Format("shown.value", shown.Placement, Show.Time(shown.Time)));

    private static Markup Entry(string heading, string text) => Markup.Of($"<li><h3>{heading}</h3><p class=\"soft\">{text}</p></li>\n");

    private static Markup Details(PageLanguage t, string key, List<Markup>? entries) => entries is not { Count: > 0 } ? Markup.None : Markup.Of($"""
        <details><summary>{t[key]} ({entries.Count})</summary>
        {Markup.Of($"<p class=\"soft\">{t.Format("more", Most, entries.Count)}</p>\n").When(entries.Count > Most)}<ul class="cards">
        {entries.Take(Most)}</ul></details>

        """);
}
