using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>The pages beside the main one: coming in, going out, erasing, and what went wrong.</summary>
public static class SmallPages
{
    /// <summary>Leads on to the main page. The cookie is only sent along once a page of this site asks, which a redirect is not.</summary>
    public static string Entering(PageLanguage language)
    {
        var t = language;
        var content = Markup.Of($"<p>{t["entering"]}</p>\n<p><a class=\"button\" href=\"{PagePaths.Home}\">{t["enter"]}</a></p>\n");
        return Frame.Page(t, t["title"], content, head: Markup.Of($"<meta http-equiv=\"refresh\" content=\"0;url={PagePaths.Home}\">\n"));
    }

    /// <summary>Asks whether the client is sure.</summary>
    public static string ConfirmErase(PageLanguage language, string formToken, bool wasUnsure)
    {
        var t = language;
        var fields = Markup.Of($"""
            <p><label class="choice"><input type="checkbox" name="{FormFields.Sure}" value="{FormFields.Yes}" required> {t["erase.sure"]}</label></p>
            <button class="danger">{t["erase"]}</button>

            """);
        var content = Markup.Of($"""
            {Markup.Of($"<p class=\"notice bad\" role=\"alert\">{t["erase.unsure"]}</p>\n").When(wasUnsure)}<p>{t["erase.intro"]}</p>
            {Frame.Form(PagePaths.Erase, formToken, fields)}<p><a href="{PagePaths.Home}">{t["back"]}</a></p>

            """);
        return Frame.Page(t, t["erase"], content, PagePaths.Erase);
    }

    /// <summary>What is gone, since when and by when, and what remains and why.</summary>
    public static string Erased(PageLanguage language, EraseResponse receipt)
    {
        var t = language;
        var copies = receipt.Copies.Select(copy => Markup.Of($"<li><h2>{t.Named("copy", copy.Name)}</h2>{Cards.Facts(
            t,
            ("copy.unused", Show.Time(copy.UnusedSince)),
            ("copy.gone", Show.Time(copy.GoneBy)),
            ("copy.remains", copy.Remains.Length > 0 && t.Has("remains." + copy.Name) ? t["remains." + copy.Name] : copy.Remains))}</li>\n"));
        return Frame.Page(t, t["erase.done"], Markup.Of($"""
            <p class="notice" role="status">{t.Format("erase.receipt", Show.Time(receipt.ErasedAt))}</p>
            {Markup.Of($"<p>{t["erase.copies"]}</p>\n<ul class=\"cards\">\n{copies}</ul>\n").When(receipt.Copies.Count > 0)}
            """));
    }

    public static string Left(PageLanguage language) =>
        Frame.Page(language, language["title"], Markup.Of($"<p class=\"notice\" role=\"status\">{language["left"]}</p>\n"));

    /// <summary>Without a link that holds there is nothing to see.</summary>
    public static string Expired(PageLanguage language) => NoLink(language, "expired");

    /// <summary>The id that the link was made for leads to somebody else by now.</summary>
    public static string Elsewhere(PageLanguage language) => NoLink(language, "elsewhere");

    /// <param name="language">The page's.</param>
    /// <param name="reason">The key of the text that says why.</param>
    public static string Failed(PageLanguage language, string reason) => Frame.Page(
        language,
        language["failed.title"],
        Markup.Of($"<p class=\"notice bad\" role=\"alert\">{language[reason]}</p>\n<p><a href=\"{PagePaths.Home}\">{language["back"]}</a></p>\n"));

    private static string NoLink(PageLanguage language, string why) =>
        Frame.Page(language, language["expired.title"], Markup.Of($"<p class=\"notice bad\">{language[why]}</p>\n"), PagePaths.Home);
}
