using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Budgets;

/// <summary>Owns one campaign's budget; its key is <c>tenant/campaign</c>. One call at a time.</summary>
[Alias("fg.budget")]
internal interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>Body: a BudgetReport; answered with a BudgetGrant once that is durable.</summary>
    [Alias("report")]
    Task<Payload> ReportAsync(Payload report);
}
