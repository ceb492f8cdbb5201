using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Pages.My;

/// <summary>Traits with how each is known, to confirm, reject or correct.</summary>
internal static class TraitSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="traits"><h2 id="traits">{t["traits"]}</h2>
            {Cards.List(t, "traits.none", view.Profile?.Traits.Index().Select(trait => Card(view, trait.Item, trait.Index)))}</section>

            """);
    }

    private static Markup Card(FootprintView view, Trait trait, int index)
    {
        var t = view.Language;
        var isRejected = trait.Trust == Trust.Rejected;
        var facts = Cards.Facts(
            t,
            ("fact.provenance", Known.Provenance(t, trait.Provenance)),
            ("fact.source", Known.Source(t, trait.Source)),
            ("fact.channel", Known.Channel(t, trait.Channel)),
            ("fact.time", Show.Time(trait.Time)),
            ("fact.category", t.Named("category", trait.Category)));
        return Markup.Of($"""
            <li><h3>{trait.Name}</h3>
            <p>{(isRejected ? t["trait.none"] : trait.Value)}</p>
            <p>{Known.How(t, trait.Trust)}</p>
            {facts}{Answers(view, trait).When(!isRejected)}{Frame.Form(PagePaths.Trait, view.FormToken, Correction(t, trait, index))}</li>

            """);
    }

    // A rejected trait has no value left that could be right or wrong.
    private static Markup Answers(FootprintView view, Trait trait)
    {
        var t = view.Language;
        var confirm = Cards.Button(t, "confirm", trait.Name, FormFields.Answer, FormFields.Yes).When(trait.Trust != Trust.Confirmed);
        return Frame.Form(PagePaths.Interest, view.FormToken, Markup.Of($"""
            <input type="hidden" name="{FormFields.Name}" value="{trait.Name}">
            <div class="row">{confirm}{Cards.Button(t, "reject", trait.Name, FormFields.Answer, FormFields.No)}</div>

            """));
    }

    private static Markup Correction(PageLanguage t, Trait trait, int index) => Markup.Of($"""
        <input type="hidden" name="{FormFields.Name}" value="{trait.Name}">
        <input type="hidden" name="{FormFields.Category}" value="{trait.Category}">
        <div class="row"><label class="field" for="trait{index}"><span>{t["trait.correct"]}<span class="hidden">{t.Format("about", trait.Name)}</span></span>
        <input id="trait{index}" type="text" name="{FormFields.Value}" value="{trait.Value}" maxlength="512" required autocomplete="off"></label>
        <button class="second">{t["trait.save"]}<span class="hidden">{t.Format("about", trait.Name)}</span></button></div>

        """);
}
