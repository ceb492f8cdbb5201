using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Whom an ad decision is for, as far as consent lets it know.</summary>
/// <param name="NowMs">The time of the decision, in milliseconds since the epoch.</param>
/// <param name="Attributes">What targeting conditions are tested on; with nobody known, the context alone.</param>
/// <param name="Impressions">What frequency caps count; null when they cannot: who is named is shown nothing capped then, and of nobody in particular nothing counts.</param>
/// <param name="Affinity">The client's interests; null with nobody known or no consent, the ranking is then contextual.</param>
/// <param name="Spending">Pays for campaigns with a budget; null pays for none.</param>
public readonly record struct AdAudience(
    long NowMs, IAttributes Attributes, IImpressionCounter? Impressions, ITopicAffinity? Affinity, ISpending? Spending = null)
{
    /// <summary>The client's own id, by which holdouts are chosen; empty with nobody named.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Who asks, and whose the line items are.</summary>
    public string Recipient { get; init; } = Recipients.Self;

    /// <summary>Channel and place of the request.</summary>
    public Context? Context { get; init; }

    /// <summary>Null with nobody known or no consent.</summary>
    public ISegmentMembership? Segments { get; init; }

    /// <summary>Whether the placement shows this client no campaign, for others to be compared with.</summary>
    public bool IsHeldOut { get; init; }

    /// <summary>Null where the placement does not learn.</summary>
    internal AdLearning? Learning { get; init; }

    /// <summary>What the client dismissed and what led to a conversion; null for nothing.</summary>
    internal AdAnswers? Answers { get; init; }

    /// <summary>What of the profile may be used. Without behaviour no cap can be counted, and nothing that has one is shown.</summary>
    internal DataCategories Allowed { get; init; } = DataCategories.All;
}
