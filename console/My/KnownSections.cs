using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Pages.My;

/// <summary>Interests to confirm or reject, traits to correct.</summary>
internal static class KnownSections
{
    public static Markup Interests(FootprintView view, Profile? profile)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="interests"><h2 id="interests">{t["interests"]}</h2>
            <p>{t["interests.intro"]}</p>
            {List(t["interests.none"], profile?.Interests.Select(interest => Interest(view, interest)))}</section>

            """);
    }

    public static Markup Traits(FootprintView view, Profile? profile)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="traits"><h2 id="traits">{t["traits"]}</h2>
            {List(t["traits.none"], profile?.Traits.Index().Select(trait => Trait(view, trait.Item, trait.Index)))}</section>

            """);
    }

    public static Markup List(string none, IEnumerable<Markup>? entries) => entries?.ToList() is { Count: > 0 } some
        ? Markup.Of($"<ul class=\"cards\">\n{some}</ul>\n")
        : Markup.Of($"<p class=\"soft\">{none}</p>\n");

    private static Markup Interest(FootprintView view, Interest interest)
    {
        var t = view.Language;
        var how = t.Format(
            "interest.how", t["trust." + (Known(interest.Trust) ? interest.Trust : Trust.Unspecified)],
            interest.PassiveCount, interest.ActiveCount, Show.Time(interest.LastSeen));
        var buttons = Markup.Join([Answer("confirm", FormFields.Yes, Trust.Confirmed), Answer("reject", FormFields.No, Trust.Rejected)]);
        return Markup.Of($"""
            <li><h3>{interest.Topic}</h3>
            <p>{how}</p>
            <p class="soft">{t.Format("interest.strength", Show.Number(interest.Affinity))}</p>
            {Frame.Form(PagePaths.Interest, view.FormToken, Markup.Of($"<input type=\"hidden\" name=\"{FormFields.Topic}\" value=\"{interest.Topic}\">\n<div class=\"row\">{buttons}</div>\n"))}</li>

            """);

        Markup Answer(string text, string value, Trust trust) => Markup.Of(
            $"<button class=\"second\" name=\"{FormFields.Answer}\" value=\"{value}\">{t[text]}<span class=\"hidden\">{t.Format("about", interest.Topic)}</span></button>\n")
            .When(interest.Trust != trust);
    }

    private static Markup Trait(FootprintView view, Trait trait, int index)
    {
        var t = view.Language;
        var known = Enum.IsDefined(trait.Provenance) ? trait.Provenance : V1.Trait.Types.Provenance.Unspecified;
        var source = trait.Source.Length > 0 ? trait.Source : t["trait.unknown"];
        var how = t.Format("trait.how", t["provenance." + known], t.Named("category", trait.Category), source, Show.Time(trait.Time));
        var fields = Markup.Of($"""
            <input type="hidden" name="{FormFields.Name}" value="{trait.Name}">
            <input type="hidden" name="{FormFields.Category}" value="{trait.Category}">
            <div class="row"><label class="field" for="trait{index}"><span>{t["trait.correct"]}<span class="hidden">{t.Format("about", trait.Name)}</span></span>
            <input id="trait{index}" type="text" name="{FormFields.Value}" value="{trait.Value}" maxlength="512" required autocomplete="off"></label>
            <button class="second">{t["trait.save"]}<span class="hidden">{t.Format("about", trait.Name)}</span></button></div>

            """);
        return Markup.Of($"""
            <li><h3>{trait.Name}</h3>
            <p>{trait.Value}</p>
            <p class="soft">{how}</p>
            {Frame.Form(PagePaths.Trait, view.FormToken, fields)}</li>

            """);
    }

    private static bool Known(Trust trust) => Enum.IsDefined(trust);
}
