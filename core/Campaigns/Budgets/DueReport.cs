using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>What the owner of a campaign's budget is to be told now.</summary>
/// <param name="CampaignId">Whose budget.</param>
/// <param name="Purse">Takes the answer.</param>
/// <param name="Terms">As this process knows them; null when the campaign is no more.</param>
/// <param name="Report">For the owner.</param>
public readonly record struct DueReport(string CampaignId, BudgetPurse Purse, BudgetTerms? Terms, BudgetReport Report);
