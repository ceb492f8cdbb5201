using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>The history of trust: every step of an interest or a trait on the ladder, the newest first, and what was asked.</summary>
internal static class StepSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        var steps = view.Profile?.TrustHistory.Reverse().Select(step => Card(t, step)).ToList() ?? [];
        return Markup.Of($"""
            <section aria-labelledby="steps"><h2 id="steps">{t["steps"]}</h2>
            <p>{t["steps.intro"]}</p>
            {Cards.None(t, "steps.none").When(steps.Count == 0)}{Cards.Folded(t, "steps.all", steps)}{Cards.Folded(t, "questions", view.Known?.Questions.Select(q => Question(t, q)))}</section>

            """);
    }

    private static Markup Question(PageLanguage t, ExportResponse.Types.Question asked) => Markup.Of($"<li><h3>{asked.Topic}</h3>{Cards.Facts(
        t,
        ("question.asked", Show.Time(asked.Asked)),
        ("question.answered", Show.Time(asked.Answered)),
        ("question.declined", Show.Time(asked.Declined)),
        ("question.probe", asked.ProbeId),
        ("question.permits", string.Join(", ", asked.Purposes.Select(p => t.Named("purpose", p)))),
        ("question.text", asked.TextVersion))}</li>\n");

    private static Markup Card(PageLanguage t, TrustChange step) => Markup.Of($"""
        <li><h3>{step.Topic}{step.Trait}</h3>
        <p>{t.Format("step.change", Known.State(t, step.From), Known.State(t, step.To))}</p>
        <p class="soft">{t.Format("step.when", Show.Time(step.Time), Known.Source(t, step.Source), Known.Channel(t, step.Channel))}</p></li>

        """);
}
