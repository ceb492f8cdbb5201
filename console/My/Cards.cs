using Footprint.Grid.Pages.Html;

namespace Footprint.Grid.Pages.My;

/// <summary>Lists of what is known, one card for each thing. All of it is on the page; what is long is folded away.</summary>
internal static class Cards
{
    private const int Shown = 20;

    /// <summary>The entries, or the text that says that there are none. Past the first ones the rest is behind a summary.</summary>
    public static Markup List(PageLanguage t, string none, IEnumerable<Markup>? entries)
    {
        var all = entries?.ToList() ?? [];
        if (all.Count == 0)
        {
            return None(t, none);
        }

        var older = all.Count - Shown;
        return Markup.Of($"""
            <ul class="cards">
            {all.Take(Shown)}</ul>
            {Folded(t.Format("older", older), all.Skip(Shown)).When(older > 0)}
            """);
    }

    /// <summary>The text that says that there is nothing.</summary>
    public static Markup None(PageLanguage t, string key) => Markup.Of($"<p class=\"soft\">{t[key]}</p>\n");

    /// <summary>The entries behind a summary with their number; nothing without entries.</summary>
    public static Markup Folded(PageLanguage t, string key, IEnumerable<Markup>? entries)
    {
        var all = entries?.ToList() ?? [];
        return Folded($"{t[key]} ({Show.Number((ulong)all.Count)})", all).When(all.Count > 0);
    }

    public static Markup Entry(string heading, string text) => Markup.Of($"<li><h3>{heading}</h3><p class=\"soft\">{text}</p></li>\n");

    /// <summary>Names and values; what has no value is left out.</summary>
    public static Markup Facts(PageLanguage t, params IEnumerable<(string Key, string Value)> facts) => Markup.Of(
        $"<dl class=\"facts\">\n{facts.Where(f => f.Value.Length > 0).Select(f => Markup.Of($"<dt>{t[f.Key]}</dt><dd>{f.Value}</dd>\n"))}</dl>\n");

    /// <summary>A button of one of many forms like it: to whom the page is read, it says what it is about.</summary>
    public static Markup Button(PageLanguage t, string key, string about, string name, string value) => Markup.Of(
        $"<button class=\"second\" name=\"{name}\" value=\"{value}\">{t[key]}<span class=\"hidden\">{t.Format("about", about)}</span></button>\n");

    private static Markup Folded(string summary, IEnumerable<Markup> entries) => Markup.Of($"""
        <details><summary>{summary}</summary>
        <ul class="cards">
        {entries}</ul></details>

        """);
}
