using Footprint.Grid.Pages.Html;

namespace Footprint.Grid.Pages.My;

/// <summary>The ids that lead to the client, each to unlink, and those that it gave up.</summary>
internal static class IdSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="ids"><h2 id="ids">{t["ids"]}</h2>
            <p>{t["ids.intro"]}</p>
            {Cards.List(t, "ids.none", view.Profile?.Aliases.Select(id => Card(view, id)))}{Cards.Folded(t, "ids.unlinked", view.Profile?.Unlinked.Select(id => Markup.Of($"<li>{id}</li>\n")))}</section>

            """);
    }

    private static Markup Card(FootprintView view, string id) => Markup.Of($"""
        <li><h3>{id}</h3>
        {Frame.Form(PagePaths.Unlink, view.FormToken, Cards.Button(view.Language, "ids.unlink", id, FormFields.Id, id))}</li>

        """);
}
