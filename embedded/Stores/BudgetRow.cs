namespace Footprint.Grid.Embedded.Stores;

/// <summary>What is kept of one campaign's spending: the bytes of a StoredBudget.</summary>
internal readonly record struct BudgetRow(string CampaignId, byte[] Data);
