using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Conditions;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Whom an ad decision is for, as far as consent lets it know.</summary>
/// <param name="NowMs">The time of the decision, in milliseconds since the epoch.</param>
/// <param name="Attributes">What targeting conditions are tested on; with nobody known, the context alone.</param>
/// <param name="Impressions">What frequency caps count; null with nobody known, no cap then holds anything back.</param>
/// <param name="Affinity">The client's interests; null with nobody known or no consent, the ranking is then contextual.</param>
/// <param name="Spending">Pays for campaigns with a budget; null pays for none.</param>
public readonly record struct AdAudience(
    long NowMs, IAttributes Attributes, IImpressionCounter? Impressions, ITopicAffinity? Affinity, ISpending? Spending = null);
