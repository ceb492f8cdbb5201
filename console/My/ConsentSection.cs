using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;
using Decision = Footprint.Grid.V1.Consent.Types.Decision;

namespace Footprint.Grid.Pages.My;

/// <summary>One choice a purpose, a form for finer rules, and what was decided so far.</summary>
internal static class ConsentSection
{
    private const string All = "*";

    private static readonly string[] _purposes = ["personalization", "advertising", "analytics", "measurement", "sharing"];
    private static readonly string[] _categories = [All, "behaviour", "location", "demographics", "purchases", "contact", "declared", "inferred"];

    public static Markup Of(FootprintView view, Profile? profile)
    {
        var t = view.Language;
        IEnumerable<Consent> rules = profile?.Consents ?? [];
        var purposes = _purposes.Concat(rules.Select(r => r.Purpose)).Distinct().ToList();
        var choices = Markup.Join(purposes.Select(purpose => Choice(t, purpose, rules)));
        return Markup.Of($"""
            <section aria-labelledby="consents"><h2 id="consents">{t["consents"]}</h2>
            <p>{t["consents.intro"]}</p>
            {Frame.Form(PagePaths.Consents, view.FormToken, Markup.Of($"{choices}<button>{t["consents.save"]}</button>\n"))}<details><summary>{t["rule.title"]}</summary>
            {Frame.Form(PagePaths.Consents, view.FormToken, RuleFields(t, purposes))}</details>
            {Rules(t, "rules", rules)}{Rules(t, "history", view.Known?.ConsentHistory.Reverse() ?? [])}</section>

            """);
    }

    private static Markup Choice(PageLanguage t, string purpose, IEnumerable<Consent> rules)
    {
        var rule = rules.FirstOrDefault(r => r.Purpose == purpose && r.Category == All && r.Recipient == All);
        return Markup.Of($"""
            <fieldset><legend>{t.Named("purpose", purpose)}</legend>
            {Radio(t["allow"], FormFields.Choice + purpose, FormFields.Yes, rule?.Decision == Decision.Allow)}{Radio(t["deny"], FormFields.Choice + purpose, FormFields.No, rule?.Decision == Decision.Deny)}{Markup.Of($"<span class=\"soft\">{t["undecided"]}</span>\n").When(rule is null)}</fieldset>

            """);
    }

    private static Markup Radio(string text, string name, string value, bool isChosen) => Markup.Of(
        $"<label class=\"choice\"><input type=\"radio\" name=\"{name}\" value=\"{value}\"{Markup.Of($" checked").When(isChosen)}> {text}</label>\n");

    private static Markup RuleFields(PageLanguage t, IEnumerable<string> purposes) => Markup.Of($"""
        <div class="row">
        {Select(t["rule.purpose"], FormFields.Purpose, purposes.Select(p => (p, t.Named("purpose", p))))}{Select(t["rule.category"], FormFields.Category, _categories.Select(c => (c, t.Named("category", c))))}<label class="field"><span>{t["rule.recipient"]}</span><input type="text" name="{FormFields.Recipient}" maxlength="128" autocomplete="off"></label>
        {Select(t["rule.decision"], FormFields.Decision, [(FormFields.No, t["deny"]), (FormFields.Yes, t["allow"])])}<button>{t["rule.save"]}</button>
        </div>

        """);

    private static Markup Select(string text, string name, IEnumerable<(string Value, string Text)> options) => Markup.Of($"""
        <label class="field"><span>{text}</span><select name="{name}">
        {options.Select(o => Markup.Of($"<option value=\"{o.Value}\">{o.Text}</option>\n"))}</select></label>

        """);

    private static Markup Rules(PageLanguage t, string key, IEnumerable<Consent> rules)
    {
        var entries = rules.Select(r => Markup.Of($"<li>{Rule(t, r)}</li>\n")).ToList();
        return entries.Count == 0 ? Markup.None : Markup.Of($"""
            <details><summary>{t[key]} ({entries.Count})</summary>
            <ul class="cards">
            {entries}</ul></details>

            """);
    }

    private static string Rule(PageLanguage t, Consent rule) => t.Format(
        "rule.value",
        t.Named("purpose", rule.Purpose),
        t.Named("category", rule.Category),
        rule.Recipient == All ? t["rule.anyone"] : t.Format("rule.for", rule.Recipient),
        t[rule.Decision == Decision.Allow ? "allow" : "deny"],
        Show.Time(rule.Time),
        t.Named("source", rule.Source));
}
