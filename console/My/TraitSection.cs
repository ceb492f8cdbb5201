using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Pages.My;

/// <summary>
/// Traits with how each is known, to confirm, reject or correct: each statement that there is about one, what holds first.
/// </summary>
internal static class TraitSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="traits"><h2 id="traits">{t["traits"]}</h2>
            {Cards.List(t, "traits.none", Statements(view.Profile).Index().Select(one => Card(view, one.Item, one.Index)))}</section>

            """);
    }

    // By name: what holds, and behind it what else was stated.
    private static List<Statement> Statements(Profile? profile)
    {
        var all = new List<Statement>();
        var others = profile?.OtherStatements.ToLookup(trait => trait.Name) ?? Enumerable.Empty<Trait>().ToLookup(trait => trait.Name);
        foreach (var trait in profile?.Traits ?? [])
        {
            all.Add(new Statement(trait, Holds: true, IsOneOfMany: others[trait.Name].Any(IsOpen)));
            all.AddRange(others[trait.Name].Select(other => new Statement(other, Holds: false, IsOneOfMany: true)));
        }

        // Of which every value was rejected.
        all.AddRange(others.Where(other => profile!.Traits.All(trait => trait.Name != other.Key)).SelectMany(other => other)
            .Select(other => new Statement(other, Holds: false, IsOneOfMany: true)));
        return all;
    }

    private static bool IsOpen(Trait trait) => trait.Trust != Trust.Rejected;

    private static Markup Card(FootprintView view, Statement statement, int index)
    {
        var t = view.Language;
        var trait = statement.Trait;
        var facts = Cards.Facts(
            t,
            ("fact.provenance", Known.Provenance(t, trait.Provenance)),
            ("fact.source", Known.Source(t, trait.Source)),
            ("fact.channel", Known.Channel(t, trait.Channel)),
            ("fact.time", Show.Time(trait.Time)),
            ("fact.category", t.Named("category", trait.Category)));
        return Markup.Of($"""
            <li><h3>{trait.Name}</h3>
            <p>{(IsOpen(trait) || trait.Value.Length > 0 ? trait.Value : t["trait.none"])}</p>
            <p>{Known.How(t, trait.Trust)}</p>
            {Markup.Of($"<p class=\"soft\">{t["trait.behind"]}</p>\n").When(!statement.Holds && IsOpen(trait))}{facts}{Answers(view, statement).When(IsOpen(trait))}{NoneIsRight(view, statement)}{Frame.Form(PagePaths.Trait, view.FormToken, Correction(t, statement, index))}</li>

            """);
    }

    // A rejected trait has no value left that could be right or wrong. Of one among others the answer is about its value alone.
    private static Markup Answers(FootprintView view, Statement statement)
    {
        var t = view.Language;
        var trait = statement.Trait;
        var value = Markup.Of($"<input type=\"hidden\" name=\"{FormFields.Value}\" value=\"{trait.Value}\">\n").When(statement.IsOneOfMany);
        var confirm = Cards.Button(t, "confirm", statement.About, FormFields.Answer, FormFields.Yes).When(trait.Trust != Trust.Confirmed || !statement.Holds);
        return Frame.Form(PagePaths.Interest, view.FormToken, Markup.Of($"""
            <input type="hidden" name="{FormFields.Name}" value="{trait.Name}">
            {value}<div class="row">{confirm}{Cards.Button(t, "reject", statement.About, FormFields.Answer, FormFields.No)}</div>

            """)).When(!statement.IsOneOfMany || trait.Value.Length > 0);
    }

    private static Markup NoneIsRight(FootprintView view, Statement statement) => Frame.Form(PagePaths.Interest, view.FormToken, Markup.Of($"""
        <input type="hidden" name="{FormFields.Name}" value="{statement.Trait.Name}">
        <div class="row">{Cards.Button(view.Language, "reject.all", statement.Trait.Name, FormFields.Answer, FormFields.No)}</div>

        """)).When(statement.Holds && statement.IsOneOfMany);

    private static Markup Correction(PageLanguage t, Statement statement, int index) => Markup.Of($"""
        <input type="hidden" name="{FormFields.Name}" value="{statement.Trait.Name}">
        <input type="hidden" name="{FormFields.Category}" value="{statement.Trait.Category}">
        {Markup.Of($"<input type=\"hidden\" name=\"{FormFields.Corrected}\" value=\"{statement.Trait.Value}\">\n").When(IsOpen(statement.Trait))}<div class="row"><label class="field" for="trait{index}"><span>{t["trait.correct"]}<span class="hidden">{t.Format("about", statement.About)}</span></span>
        <input id="trait{index}" type="text" name="{FormFields.Value}" value="{statement.Trait.Value}" maxlength="256" required autocomplete="off"></label>
        <button class="second">{t["trait.save"]}<span class="hidden">{t.Format("about", statement.About)}</span></button></div>

        """);

    private sealed record Statement(Trait Trait, bool Holds, bool IsOneOfMany)
    {
        /// <summary>What its buttons are about, to whom the page is read.</summary>
        public string About => IsOneOfMany && Trait.Value.Length > 0 ? $"{Trait.Name}, {Trait.Value}" : Trait.Name;
    }
}
