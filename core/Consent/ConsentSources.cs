using Footprint.Grid.Core.Consent.Tcf;
using Footprint.Grid.Core.Probes;

namespace Footprint.Grid.Core.Consent;

/// <summary>
/// Sources of consents that the server itself takes down, which nobody else can claim: what bears them is treated as what a
/// signal, a consent string or an answered probe said.
/// </summary>
internal static class ConsentSources
{
    public const string Limit = "any but gpc, probe and tcf:...";

    public static bool IsReserved(string source) =>
        source.Equals(PrivacySignal.Source, StringComparison.OrdinalIgnoreCase)
        || source.Equals(ProbeMemory.Source, StringComparison.OrdinalIgnoreCase)
        || source.StartsWith(TcfConsents.Source, StringComparison.OrdinalIgnoreCase);
}
