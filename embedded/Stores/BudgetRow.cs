namespace Footprint.Grid.Embedded.Stores;

/// <summary>What is kept of one campaign's spending: the bytes of a StoredBudget, none to keep nothing.</summary>
internal readonly record struct BudgetRow(string CampaignId, byte[] Data);
