using Footprint.Grid.Pages.Html;
using Footprint.Grid.V1;

namespace Footprint.Grid.Pages.My;

/// <summary>The history of trust: every step of an interest or a trait on the ladder, the newest first.</summary>
internal static class StepSection
{
    public static Markup Of(FootprintView view)
    {
        var t = view.Language;
        var steps = view.Profile?.TrustHistory.Reverse().Select(step => Card(t, step)).ToList() ?? [];
        return Markup.Of($"""
            <section aria-labelledby="steps"><h2 id="steps">{t["steps"]}</h2>
            <p>{t["steps.intro"]}</p>
            {Cards.None(t, "steps.none").When(steps.Count == 0)}{Cards.Folded(t, "steps.all", steps)}</section>

            """);
    }

    private static Markup Card(PageLanguage t, TrustChange step) => Markup.Of($"""
        <li><h3>{step.Topic}{step.Trait}</h3>
        <p>{t.Format("step.change", Known.State(t, step.From), Known.State(t, step.To))}</p>
        <p class="soft">{t.Format("step.when", Show.Time(step.Time), Known.Source(t, step.Source), Known.Channel(t, step.Channel))}</p></li>

        """);
}
