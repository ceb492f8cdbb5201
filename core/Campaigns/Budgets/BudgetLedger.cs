using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>
/// What the one owner of a campaign's budget knows: what was spent, and what is out on lease. A lease counts as spent
/// until its holder says what it did spend, however late: a process that dies can never make the budget overspent. Pure:
/// the owner makes <see cref="Save"/> durable before it lets anybody know of a grant.
/// </summary>
public sealed class BudgetLedger
{
    /// <summary>Leases out at a time. Past it the oldest that ran out is written off: it counts as spent for good.</summary>
    public const int MostLeases = 256;

    /// <summary>Processes whose last report is remembered. Past it the one goes that was not heard of for longest, one without a lease before others.</summary>
    public const int MostHolders = 256;

    /// <summary>For so long after somebody got nothing nobody keeps a stock.</summary>
    private const long ScarceMs = BudgetTerms.LeaseMs;

    /// <summary>Who got nothing asks again at the latest then: a schedule may have changed.</summary>
    internal const long RetryMs = 10_000;

    /// <summary>Likewise while leases are out, of which something may come back.</summary>
    private const long RetryLeasedMs = BudgetPurse.IdleMs;

    private readonly Dictionary<ulong, StoredLease> _leases = [];
    private readonly Dictionary<string, (ulong Sequence, long TimeMs)> _holders = new(StringComparer.Ordinal);
    private long _spent;
    private long _day;
    private long _spentOnDay;
    private ulong _lastLease;
    private long _refusedMs = long.MinValue / 2;

    /// <summary>
    /// Whether what was saved last says something else of leases and spending. What was only heard need not be durable: a
    /// report older than it can do no harm while no lease was granted since.
    /// </summary>
    public bool HasChanged { get; private set; }

    /// <summary>Millionths, spent or on lease.</summary>
    public long Committed => _spent + _leases.Values.Sum(l => l.Amount);

    /// <summary>Millionths of a day's budget, spent or on lease.</summary>
    public long CommittedOn(long day) => (day == _day ? _spentOnDay : 0) + _leases.Values.Where(l => l.Day == day).Sum(l => l.Amount);

    public static BudgetLedger Load(StoredBudget stored)
    {
        var ledger = new BudgetLedger { _spent = stored.Spent, _day = stored.Day, _spentOnDay = stored.SpentOnDay, _lastLease = stored.LastLease };
        foreach (StoredLease lease in stored.Leases)
        {
            ledger._leases[lease.Lease] = lease.Clone();
        }

        foreach (StoredBudget.Types.Holder holder in stored.Holders)
        {
            ledger._holders[holder.Holder_] = (holder.Sequence, holder.TimeMs);
        }

        return ledger;
    }

    public StoredBudget Save()
    {
        HasChanged = false;
        var stored = new StoredBudget { Spent = _spent, Day = _day, SpentOnDay = _spentOnDay, LastLease = _lastLease };
        stored.Leases.AddRange(_leases.Values.OrderBy(l => l.Lease).Select(l => l.Clone()));
        foreach ((string holder, (ulong sequence, long timeMs)) in _holders.OrderByDescending(h => h.Value.TimeMs))
        {
            stored.Holders.Add(new StoredBudget.Types.Holder { Holder_ = holder, Sequence = sequence, TimeMs = timeMs });
        }

        return stored;
    }

    /// <summary>
    /// Takes a process's report: what it is done with is settled, what it does not know of it never got. Then, if it
    /// wants more and there is some, a lease, else when to ask again; but nobody gets a stock where there is not enough for
    /// all who ask. A report that is not newer than those that were taken changes nothing and is answered by nothing.
    /// </summary>
    /// <param name="terms">As defined now; null gives no lease.</param>
    /// <param name="report">Of a process.</param>
    /// <param name="nowMs">By the owner's clock.</param>
    public BudgetGrant Report(BudgetTerms? terms, BudgetReport report, long nowMs)
    {
        var grant = new BudgetGrant();
        if (_holders.TryGetValue(report.Holder, out (ulong Sequence, long) known) && report.Sequence <= known.Sequence)
        {
            return grant;
        }

        Hear(report, nowMs);
        Settle(report);
        if (terms is not { } limits || report.Wanted <= 0)
        {
            return grant;
        }

        if (report.IsStock)
        {
            grant.Lease = nowMs - _refusedMs < ScarceMs ? null : Grant(limits, report.Holder, report.Wanted, nowMs);
            grant.RetryAfterMs = grant.Lease is null ? BudgetPurse.RetryMs : 0;
        }
        else if ((grant.Lease = Grant(limits, report.Holder, report.Wanted, nowMs)) is null)
        {
            _refusedMs = nowMs;
            grant.RetryAfterMs = RetryAfter(limits, nowMs);
        }

        return grant;
    }

    // The first millisecond at which an impression is free by the pace, of those up to which nothing else is to be expected.
    private long RetryAfter(in BudgetTerms terms, long nowMs)
    {
        long day = BudgetTerms.Day(nowMs);
        long few = 0;
        long many = Math.Min(_leases.Count > 0 ? RetryLeasedMs : RetryMs, ((day + 1) * BudgetTerms.DayMs) - nowMs);

        // There are too many leases, where something is free at once.
        while (many - few > 1 && _leases.Count < MostLeases)
        {
            long middle = (few + many) / 2;
            bool isFree = Free(terms, day, nowMs + middle) >= terms.Price;
            (few, many) = isFree ? (few, middle) : (middle, many);
        }

        return many;
    }

    private long Free(in BudgetTerms terms, long day, long nowMs) =>
        Math.Min(terms.Allowed(nowMs) - Committed, terms.AllowedOnDay(nowMs) - CommittedOn(day));

    private void Hear(BudgetReport report, long nowMs)
    {
        if (_holders.Count >= MostHolders && !_holders.ContainsKey(report.Holder))
        {
            HashSet<string> leased = [.. _leases.Values.Select(l => l.Holder)];
            _holders.Remove(_holders.MinBy(h => (leased.Contains(h.Key), h.Value.TimeMs)).Key);
        }

        _holders[report.Holder] = (report.Sequence, nowMs);
    }

    private void Settle(BudgetReport report)
    {
        foreach (StoredLease lease in _leases.Values.Where(l => l.Holder == report.Holder).ToList())
        {
            BudgetReport.Types.HeldLease? held = report.Held.FirstOrDefault(h => h.Lease == lease.Lease);
            if (held is null)
            {
                Settle(lease, 0);
            }
            else if (held.Done)
            {
                Settle(lease, Math.Clamp(held.Spent, 0, lease.Amount));
            }
        }
    }

    private void Settle(StoredLease lease, long spent)
    {
        HasChanged = true;
        _leases.Remove(lease.Lease);
        _spent += spent;
        if (lease.Day == _day)
        {
            _spentOnDay += spent;
        }
        else if (lease.Day > _day)
        {
            (_day, _spentOnDay) = (lease.Day, spent);
        }
    }

    private StoredLease? Grant(in BudgetTerms terms, string holder, long wanted, long nowMs)
    {
        long day = BudgetTerms.Day(nowMs);
        long free = Free(terms, day, nowMs);

        // Not all to the first who asks, while there is enough for more than one.
        long amount = Math.Min(wanted, Math.Max(free / 2, Math.Min(free, terms.Price)));
        amount -= amount % terms.Price;
        if (amount <= 0 || (_leases.Count >= MostLeases && !WriteOff(nowMs)))
        {
            return null;
        }

        // Never a number of an earlier campaign of the same id, of which somebody may hold leases still.
        _lastLease = Math.Max(_lastLease + 1, (ulong)nowMs << 8);
        var lease = new StoredLease
        {
            Lease = _lastLease,
            Holder = holder,
            Amount = amount,
            Day = day,
            ExpiresMs = Math.Min(nowMs + BudgetTerms.LeaseMs, (day + 1) * BudgetTerms.DayMs),
        };
        HasChanged = true;
        _leases.Add(lease.Lease, lease);
        return lease.Clone();
    }

    private bool WriteOff(long nowMs)
    {
        StoredLease oldest = _leases.Values.MinBy(l => l.Lease)!;
        if (oldest.ExpiresMs > nowMs)
        {
            return false;
        }

        Settle(oldest, oldest.Amount);
        return true;
    }
}
