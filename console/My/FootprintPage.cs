using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>The page <c>/my</c>: everything that is known about one client, and the forms to correct, permit and erase it.</summary>
public static class FootprintPage
{
    private static readonly string[] _sections = ["overview", "interests", "traits", "steps", "groups", "acts", "consents", "disclosures", "ids", "take"];

    public static string Render(FootprintView view)
    {
        var t = view.Language;
        var content = Markup.Of($"""
            {Notice(view)}<p>{t["intro"]}</p>
            {Markup.Of($"<p class=\"notice\">{t["nothing"]}</p>\n").When(view.Profile is null)}<nav aria-label="{t["contents"]}"><ul>
            {Contents(t)}</ul></nav>
            {Overview(view)}{InterestSection.Of(view)}{TraitSection.Of(view)}{StepSection.Of(view)}{GroupSection.Of(view)}{ActSections.Of(view)}{ConsentSection.Of(view)}{DisclosureSection.Of(view)}{IdSection.Of(view)}{Take(view)}
            """);
        return Frame.Page(t, t["title"], content, PagePaths.Home);
    }

    private static Markup Notice(FootprintView view) => view.Notice is { } key && view.Language.Has(key)
        ? Markup.Of($"<p class=\"notice\" role=\"status\">{view.Language[key]}</p>\n")
        : Markup.None;

    private static Markup Contents(PageLanguage t) => Markup.Join(
        _sections.Select(key => Markup.Of($"<li><a href=\"#{key}\">{t[key]}</a></li>\n")));

    private static Markup Overview(FootprintView view)
    {
        var t = view.Language;
        var rows = new List<Markup> { Row(t["identity"], view.ClientId) };
        if (view.Profile is { } profile)
        {
            Add(t["first"], Show.Time(profile.FirstSeen));
            Add(t["last"], Show.Time(profile.LastSeen));
            Add(t["countries"], string.Join(", ", profile.Countries));
            if (profile.Session is { } session)
            {
                Add(t["session"], t.Format("session.value", Show.Time(session.Start), Show.Time(session.Last), session.Events));
            }

            if (profile.Money is { Purchases: > 0 } money)
            {
                Add(t["purchases"], t.Format("purchases.value", money.Purchases, Show.Time(money.LastPurchase)));
                Add(t["spent"], string.Join(", ", money.Spent.Select(s => $"{Show.Number(s.Amount)} {s.Currency}")));
            }
        }

        return Markup.Of($"""
            <section aria-labelledby="overview"><h2 id="overview">{t["overview"]}</h2>
            <dl>
            {rows}</dl></section>

            """);

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                rows.Add(Row(name, value));
            }
        }
    }

    private static Markup Row(string name, string value) => Markup.Of($"<dt>{name}</dt><dd>{value}</dd>\n");

    private static Markup Take(FootprintView view)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="take"><h2 id="take">{t["take"]}</h2>
            <p><a class="button" href="{PagePaths.Download}" download>{t["download"]}</a></p>
            <p>{t["erase.intro"]}</p>
            <p><a class="button danger" href="{PagePaths.Erase}">{t["erase"]}</a></p>
            <p class="soft">{t.Format("session.note", view.Minutes)}</p>
            {Frame.Form(PagePaths.Leave, view.FormToken, Markup.Of($"<button class=\"second\">{t["leave"]}</button>\n"))}</section>

            """);
    }
}
