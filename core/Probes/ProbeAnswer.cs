using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Probes;

/// <summary>An event of type <c>probe-answer</c>: one topic, and what was said in its properties.</summary>
internal static class ProbeAnswer
{
    public const string Probe = "probe";
    public const string Answer = "answer";
    public const string Permit = "permit";
    public const string Yes = "yes";
    public const string No = "no";
    private const int MostPurposes = 8;

    public static bool IsYes(FootprintEvent e) => e.Properties[Answer] == Yes;

    /// <summary>The probe that it answers; empty when it answers none that the grid chose, as in a talk.</summary>
    public static string ProbeId(FootprintEvent e) => e.Properties.TryGetValue(Probe, out string? id) ? id : "";

    /// <summary>Purposes that it permits.</summary>
    public static string[] Permitted(FootprintEvent e) => e.Properties.TryGetValue(Permit, out string? purposes)
        ? [.. purposes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()]
        : [];

    public static void Check(List<Fault> faults, string at, FootprintEvent e)
    {
        if (e.Topics.Count != 1)
        {
            faults.Add(new Fault($"{at}.topics", $"has {e.Topics.Count} entries", "1, the topic that was asked about"));
        }

        if (!e.Properties.TryGetValue(Answer, out string? answer) || answer is not (Yes or No))
        {
            faults.Add(new Fault($"{at}.properties.{Answer}", answer is null ? "is missing" : $"is '{answer}'", "yes or no"));
        }

        string[] permitted = Permitted(e);
        if (permitted.Length > 0 && (answer != Yes || ProbeId(e).Length == 0))
        {
            faults.Add(new Fault($"{at}.properties.{Permit}", "comes without a yes to a probe", "a yes, and the probe's id"));
        }

        faults.Size($"{at}.properties.{Permit}", permitted.Length, 0, MostPurposes);
    }
}
