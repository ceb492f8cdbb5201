using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>What the client did and was shown, the newest of each first.</summary>
internal static class ActSections
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        var counters = view.Profile?.Counters.Select(c => Cards.Entry(c.Type, t.Format("act.count", c.Total, c.Last30Days, c.LastDay)));
        return Markup.Of($"""
            <section aria-labelledby="acts"><h2 id="acts">{t["acts"]}</h2>
            {Cards.List(t, "acts.none", counters)}{Cards.Folded(t, "recent", view.Profile?.RecentItems.Select(i => Recent(t, i)))}{Cards.Folded(t, "shown", view.Known?.Impressions.OrderByDescending(i => i.Time).Select(i => Shown(t, i)))}{Cards.Folded(t, "ads.answered", view.Known?.AdAnswers.Select(a => Answered(t, a)))}</section>

            """);
    }

    private static Markup Answered(PageLanguage t, ExportResponse.Types.AdAnswer ad) => Markup.Of($"<li><h3>{ad.CampaignId}{ad.LineItemId}</h3>{Cards.Facts(
        t, ("ad.dismissed", Show.Time(ad.Dismissed)), ("ad.converted", Show.Time(ad.Converted)))}</li>\n");

    private static Markup Recent(PageLanguage t, RecentItem item) => Cards.Entry(item.ItemId, t.Format("recent.value", item.Type, Show.Time(item.Time)));

    private static Markup Shown(PageLanguage t, ExportResponse.Types.Impression shown) =>
        Cards.Entry(shown.ItemId + shown.CampaignId + shown.LineItemId, t.Format("shown.value", shown.Placement, Show.Time(shown.Time)));
}
