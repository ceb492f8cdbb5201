using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>A lease at the process that spends it.</summary>
/// <param name="lease">As granted.</param>
/// <param name="isAsked">Whether a decision asked for it; else it is stock.</param>
/// <param name="nowMs">When it came.</param>
internal sealed class HeldLease(StoredLease lease, bool isAsked, long nowMs)
{
    public StoredLease Lease { get; } = lease;

    public bool IsAsked { get; } = isAsked;

    /// <summary>When something was spent of it last; when it came, before.</summary>
    public long UsedMs { get; set; } = nowMs;

    /// <summary>Millionths.</summary>
    public long Spent { get; set; }

    /// <summary>Nothing more is spent of it.</summary>
    public bool IsDone { get; set; }
}
