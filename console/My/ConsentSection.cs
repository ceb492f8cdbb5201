using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Pages.My;

/// <summary>Choices by purpose, kind of data and recipient, finer rules, an end to all of it, and what was decided so far.</summary>
internal static class ConsentSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        var choices = new ConsentChoices(view.Known, view.Purposes);
        return Markup.Of($"""
            <section aria-labelledby="consents"><h2 id="consents">{t["consents"]}</h2>
            <p>{t["consents.intro"]} {t["consents.note"]}</p>
            {Frame.Form(PagePaths.Consents, view.FormToken, Choices(t, choices))}<details><summary>{t["rule.title"]}</summary>
            {Frame.Form(PagePaths.Consents, view.FormToken, RuleFields(t, choices))}</details>
            {Cards.Folded(t, "rules", choices.Rules.Select(rule => InForce(view, rule)))}{Cards.Folded(t, "history", view.Known?.ConsentHistory.Reverse().Select(rule => Markup.Of($"<li>{Rule(t, rule)}</li>\n")))}<details><summary>{t["withdraw"]}</summary>
            <p>{t["withdraw.intro"]}</p>
            {Frame.Form(PagePaths.Withdraw, view.FormToken, Withdraw(t))}</details></section>

            """);
    }

    private static Markup Choices(PageLanguage t, ConsentChoices choices)
    {
        var purposes = choices.Purposes.Select(purpose => Choice(t, t.Named("purpose", purpose), FormFields.Choice + purpose, "allow", "deny", choices.OfPurpose(purpose) switch
        {
            Decision.Allow => true,
            Decision.Deny => false,
            _ => null,
        }, "undecided"));
        var categories = ConsentChoices.Categories.Select(category => Choice(
            t, t.Named("category", category), FormFields.CategoryChoice + category, "category.use", "category.stop", !choices.IsDenied(category, ConsentChoices.All), "mixed"));
        var recipients = choices.Recipients.Select(recipient => Choice(
            t, recipient, FormFields.RecipientChoice + recipient, "recipient.use", "recipient.stop", !choices.IsDenied(ConsentChoices.All, recipient), "mixed"));
        return Markup.Of($"""
            <h3>{t["consents.purposes"]}</h3>
            {purposes}<h3>{t["consents.categories"]}</h3>
            {categories}<h3>{t["consents.recipients"]}</h3>
            {recipients}{Cards.None(t, "recipients.none").When(choices.Recipients.Count == 0)}<button>{t["consents.save"]}</button>

            """);
    }

    private static Markup Choice(PageLanguage t, string legend, string field, string yes, string no, bool? isYes, string neither) => Markup.Of($"""
        <fieldset><legend>{legend}</legend>
        {Radio(t[yes], field, FormFields.Yes, isYes == true)}{Radio(t[no], field, FormFields.No, isYes == false)}{Markup.Of($"<span class=\"soft\">{t[neither]}</span>\n").When(isYes is null)}</fieldset>

        """);

    private static Markup Radio(string text, string name, string value, bool isChosen) => Markup.Of(
        $"<label class=\"choice\"><input type=\"radio\" name=\"{name}\" value=\"{value}\"{Markup.Of($" checked").When(isChosen)}> {text}</label>\n");

    private static Markup RuleFields(PageLanguage t, ConsentChoices choices) => Markup.Of($"""
        <div class="row">
        {Select(t["rule.purpose"], FormFields.Purpose, choices.Purposes.Select(p => (p, t.Named("purpose", p))))}{Select(t["rule.category"], FormFields.Category, ConsentChoices.Categories.Prepend(ConsentChoices.All).Select(c => (c, t.Named("category", c))))}<label class="field"><span>{t["rule.recipient"]}</span><input type="text" name="{FormFields.Recipient}" maxlength="128" autocomplete="off"></label>
        {Select(t["rule.decision"], FormFields.Decision, [(FormFields.No, t["deny"]), (FormFields.Yes, t["allow"])])}<button>{t["rule.save"]}</button>
        </div>

        """);

    private static Markup Select(string text, string name, IEnumerable<(string Value, string Text)> options) => Markup.Of($"""
        <label class="field"><span>{text}</span><select name="{name}">
        {options.Select(o => Markup.Of($"<option value=\"{o.Value}\">{o.Text}</option>\n"))}</select></label>

        """);

    private static Markup InForce(FootprintView view, Consent rule)
    {
        var t = view.Language;
        return Markup.Of($"""
            <li><p>{Rule(t, rule)}</p>
            {Frame.Form(PagePaths.Consents, view.FormToken, Markup.Of($"""
            <input type="hidden" name="{FormFields.Purpose}" value="{rule.Purpose}">
            <input type="hidden" name="{FormFields.Category}" value="{rule.Category}">
            <input type="hidden" name="{FormFields.Recipient}" value="{rule.Recipient}">
            {Cards.Button(t, "lift", About(t, rule), FormFields.Decision, FormFields.Lift)}
            """))}</li>

            """);
    }

    private static Markup Withdraw(PageLanguage t) => Markup.Of($"""
        <p><label class="choice"><input type="checkbox" name="{FormFields.Sure}" value="{FormFields.Yes}" required> {t["withdraw.sure"]}</label></p>
        <button class="danger">{t["withdraw"]}</button>

        """);

    private static string About(PageLanguage t, Consent rule) => string.Join("; ", t.Named("purpose", rule.Purpose), t.Named("category", rule.Category), For(t, rule));

    private static string For(PageLanguage t, Consent rule) => rule.Recipient == ConsentChoices.All ? t["rule.anyone"] : t.Format("rule.for", rule.Recipient);

    private static string Rule(PageLanguage t, Consent rule) => t.Format(
        "rule.value",
        t.Named("purpose", rule.Purpose),
        t.Named("category", rule.Category),
        For(t, rule),
        t[rule.Decision switch { Decision.Allow => "allow", Decision.Withdrawn => "lifted", _ => "deny" }],
        Show.Time(rule.Time),
        t.Named("source", rule.Source)) + (rule.TextVersion.Length > 0 ? t.Format("rule.text", rule.TextVersion) : "");
}
