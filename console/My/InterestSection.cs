using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Pages.My;

/// <summary>Interests with how each is known, to confirm or reject.</summary>
internal static class InterestSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        return Markup.Of($"""
            <section aria-labelledby="interests"><h2 id="interests">{t["interests"]}</h2>
            <p>{t["interests.intro"]}</p>
            {Cards.List(t, "interests.none", view.Profile?.Interests.Select(interest => Card(view, interest)))}</section>

            """);
    }

    private static Markup Card(FootprintView view, Interest interest)
    {
        var t = view.Language;
        var facts = Cards.Facts(
            t,
            ("fact.provenance", Known.Provenance(t, interest.Provenance)),
            ("fact.source", Known.Source(t, interest.Source)),
            ("fact.channel", Known.Channel(t, interest.Channel)),
            ("fact.time", Show.Time(interest.LastSeen)),
            ("fact.category", t.Named("category", interest.Category)),
            ("fact.evidence", t.Format("fact.evidence.value", interest.PassiveCount, interest.ActiveCount)),
            ("fact.strength", Show.Number(interest.Affinity)),
            ("fact.answered", Show.Time(interest.TrustTime)));
        return Markup.Of($"""
            <li><h3>{interest.Topic}</h3>
            <p>{Known.How(t, interest.Trust)}</p>
            {facts}{Frame.Form(PagePaths.Interest, view.FormToken, Markup.Of($"""
            <input type="hidden" name="{FormFields.Topic}" value="{interest.Topic}">
            <div class="row">{Answer("confirm", FormFields.Yes, Trust.Confirmed)}{Answer("reject", FormFields.No, Trust.Rejected)}</div>

            """))}</li>

            """);

        Markup Answer(string text, string value, Trust trust) =>
            Cards.Button(t, text, interest.Topic, FormFields.Answer, value).When(interest.Trust != trust);
    }
}
