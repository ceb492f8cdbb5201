using Footprint.Grid.Pages.My;

namespace Footprint.Grid.Pages.Html;

/// <summary>What all pages have around their content.</summary>
internal static class Frame
{
    public static string Page(PageLanguage language, string heading, Markup content, string? languagePath = null, Markup head = default)
    {
        var t = language;
        return Markup.Of($"""
            <!DOCTYPE html>
            <html lang="{t.Code}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{heading}</title>
            <link rel="stylesheet" href="{PagePaths.Style}">
            {head}</head>
            <body>
            <a class="skip" href="#content">{t["skip"]}</a>
            <header>
            {Languages(t, languagePath)}<h1>{heading}</h1>
            </header>
            <main id="content">
            {content}</main>
            </body>
            </html>

            """).Text;
    }

    /// <summary>A form that does something, with the token that shows it was made here.</summary>
    public static Markup Form(string action, string token, Markup fields) => Markup.Of($"""
        <form method="post" action="{action}">
        <input type="hidden" name="{FormFields.Token}" value="{token}">
        {fields}</form>

        """);

    private static Markup Languages(PageLanguage shown, string? path) => path is null ? Markup.None : Markup.Of($"""
        <nav class="languages" aria-label="{shown["languages"]}"><ul>
        {PageLanguage.All.Select(language => Language(language, language == shown, path))}</ul></nav>

        """);

    private static Markup Language(PageLanguage language, bool isShown, string path) => Markup.Of($"""
        <li><a href="{path}?lang={language.Code}" lang="{language.Code}" hreflang="{language.Code}"{CurrentWhen(isShown)}>{language.Name}</a></li>

        """);

    private static Markup CurrentWhen(bool isShown) => Markup.Of($" aria-current=\"true\"").When(isShown);
}
