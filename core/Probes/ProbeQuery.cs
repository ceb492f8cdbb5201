using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Definitions;
using Footprint.Grid.Core.Profiles;

namespace Footprint.Grid.Core.Probes;

/// <summary>What a probe is chosen from.</summary>
/// <param name="Probes">Those of the placement.</param>
/// <param name="Allowed">What of the profile may be used.</param>
/// <param name="NowMs">The time of the turn.</param>
/// <param name="AtMs">The time to look at the evidence from.</param>
internal readonly record struct ProbeQuery(
    ClientProfile Profile, ProbeDefinition[] Probes, DataCategories Allowed, TenantDefinitions Definitions, ProbeKnowledge Knowledge, long NowMs, long AtMs);
