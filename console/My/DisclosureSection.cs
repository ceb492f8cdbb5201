using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>Who got what and when, the newest first.</summary>
internal static class DisclosureSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="disclosures"><h2 id="disclosures">{t["disclosures"]}</h2>
            <p>{t["disclosures.intro"]}</p>
            {Cards.List(t, "disclosures.none", view.Profile?.Disclosures.Select(d => Entry(t, d)))}</section>

            """);
    }

    private static Markup Entry(PageLanguage t, Disclosure told)
    {
        var kind = Enum.IsDefined(told.Kind) ? told.Kind : Disclosure.Types.Kind.Unspecified;
        var what = t["disclosed." + kind] + (told.Purpose.Length > 0 ? t.Format("disclosed.purpose", t.Named("purpose", told.Purpose)) : "");
        var when = told.Day.Length > 0
            ? t.Format("disclosed.day", told.Day, told.Count, Show.Time(told.Last))
            : t.Format("disclosed.earlier", Show.Time(told.First), Show.Time(told.Last), told.Count);
        return Markup.Of($"""
            <li><h3>{told.Recipient}</h3>
            <p>{what}</p>
            <p>{t.Format("disclosed.data", string.Join(", ", told.Categories.Select(c => t.Named("category", c))))}</p>
            <p class="soft">{when}</p></li>

            """);
    }
}
