using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>
/// What one process holds of a campaign's budget. Spending is safe from any thread; one caller at a time reports. A lease
/// is not spent from once it ran out by this process's clock.
/// </summary>
public sealed class BudgetPurse(string holder)
{
    /// <summary>A lease that ends so soon is followed by another while it lasts.</summary>
    private const long RenewMs = 2_000;

    /// <summary>
    /// As long after it was asked last it holds enough for one impression, so that a campaign that is asked for now and then
    /// finds a lease. What one process holds in vain is the price of an impression at the most.
    /// </summary>
    private const long AwakeMs = 3_600_000;

    /// <summary>How soon it asks again after it got nothing, while it shows nothing.</summary>
    internal const long RetryMs = 10_000;

    private readonly Lock _lock = new();
    private readonly List<Held> _held = [];
    private ulong _sequence;
    private long _spentSince;
    private bool _isWon;
    private long _askedMs = long.MinValue / 2;
    private long _reportedMs = long.MinValue / 2;

    /// <summary>Whether there is enough for one impression. To be asked is not to win: by itself it asks for one impression at the most.</summary>
    public bool Has(long price, long nowMs)
    {
        lock (_lock)
        {
            _askedMs = nowMs;
            return Find(price, nowMs) is not null;
        }
    }

    /// <summary>Pays for one impression; false when there is not enough.</summary>
    public bool TrySpend(long price, long nowMs)
    {
        lock (_lock)
        {
            (_isWon, _askedMs) = (true, nowMs);
            if (Find(price, nowMs) is not { } held)
            {
                return false;
            }

            held.Spent += price;
            _spentSince += price;
            return true;
        }
    }

    /// <summary>Takes a payment of just now back: what it was for was not shown after all.</summary>
    public void Refund(long price)
    {
        lock (_lock)
        {
            // Of a lease that the owner was not told the end of; else it stays paid.
            if (_held.FindLast(h => !h.IsDone && h.Spent >= price) is { } held)
            {
                held.Spent -= price;
            }
        }
    }

    /// <summary>What to tell the owner now; null when there is nothing to tell.</summary>
    /// <param name="price">Of one impression; <see cref="long.MaxValue"/> when the campaign is no more.</param>
    /// <param name="isLast">Everything is given back.</param>
    /// <param name="nowMs">By this process's clock.</param>
    public BudgetReport? Report(long price, bool isLast, long nowMs)
    {
        lock (_lock)
        {
            long left = 0;
            var report = new BudgetReport { Holder = holder };
            foreach (Held held in _held)
            {
                held.IsDone |= isLast || held.Lease.ExpiresMs <= nowMs || held.Lease.Amount - held.Spent < price;
                left += held.IsDone || held.Lease.ExpiresMs - nowMs < RenewMs ? 0 : held.Lease.Amount - held.Spent;
                report.Held.Add(new BudgetReport.Types.HeldLease { Lease = held.Lease.Lease, Spent = held.Spent, Done = held.IsDone });
            }

            report.Wanted = isLast ? 0 : _isWon ? Lively(price, left) : Quiet(price, nowMs);
            if (report.Wanted == 0 && !_held.Exists(h => h.IsDone))
            {
                return null;
            }

            _reportedMs = nowMs;
            (_spentSince, _isWon) = (0, false);
            report.Sequence = ++_sequence;
            return report;
        }
    }

    /// <summary>The owner's answer to the last report. An answer that was given up waiting for must not come here any more.</summary>
    public void Take(BudgetReport report, BudgetGrant grant)
    {
        lock (_lock)
        {
            _held.RemoveAll(h => h.IsDone && report.Held.Any(r => r.Lease == h.Lease.Lease && r.Done));
            if (grant.Lease is { } lease && report.Sequence == _sequence)
            {
                _held.Add(new Held(lease));
            }
        }
    }

    // Enough for twice what went since the last time, and for ten at least.
    private long Lively(long price, long left) => Math.Max(2 * _spentSince, 10 * price) - left is var wanted && wanted >= price ? wanted : 0;

    // A small lease after another, each shortly before the one before it runs out.
    private long Quiet(long price, long nowMs) =>
        price < long.MaxValue && nowMs - _askedMs < AwakeMs && Find(price, nowMs + RenewMs) is null
        && nowMs - _reportedMs >= (_held.Count > 0 ? RenewMs : RetryMs) ? price : 0;

    private Held? Find(long price, long nowMs)
    {
        foreach (Held held in _held)
        {
            if (!held.IsDone && nowMs < held.Lease.ExpiresMs && held.Lease.Amount - held.Spent >= price)
            {
                return held;
            }
        }

        return null;
    }

    private sealed class Held(StoredLease lease)
    {
        public StoredLease Lease { get; } = lease;

        public long Spent { get; set; }

        public bool IsDone { get; set; }
    }
}
