using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Campaigns.Budgets;

/// <summary>
/// What one process holds of a campaign's budget. It asks the owner when a decision wants to show the campaign and nothing is
/// there to pay with, and keeps a stock only where it spends some every second; what it does not spend goes back at once. So
/// hardly anything is where nobody spends it, or is lost with a process. Spending and asking are safe from any thread; one
/// report at a time is under way. A lease is not spent from once it ran out by this process's clock.
/// </summary>
public sealed class BudgetPurse(string holder)
{
    /// <summary>A decision waits for so long at the most; an owner that takes longer, or cannot be asked, is not waited for by others either.</summary>
    public const long PatienceMs = 50;

    /// <summary>A lease of which nothing was spent for so long goes back.</summary>
    internal const long IdleMs = 2_000;

    /// <summary>How soon an owner that did not answer is asked again.</summary>
    internal const long RetryMs = 2_000;

    /// <summary>As long after its last use one impression's worth is kept where decisions have no time to wait.</summary>
    internal const long KeepMs = 86_400_000;

    /// <summary>As many impressions are asked for at a time; where more wait they ask again. A process that dies with them takes them along.</summary>
    internal const int MostAsked = 64;

    /// <summary>Impressions in a second from which on a stock is kept.</summary>
    private const int Lively = 4;

    /// <summary>A payment may be taken back for so long.</summary>
    private const long SettledMs = 200;

    private readonly Lock _lock = new();
    private readonly List<HeldLease> _held = [];
    private ulong _sequence;
    private TaskCompletionSource? _waiting;
    private int _waiters;
    private long _waitingMs;
    private BudgetReport? _underWay;
    private TaskCompletionSource? _answering;
    private long _sentMs;
    private BudgetTerms? _sentTerms;
    private BudgetTerms? _closedTerms;
    private long _closedUntilMs = long.MinValue;
    private long _noStockUntilMs = long.MinValue;
    private long _keepUntilMs = long.MinValue;
    private SpendingRate _rate;

    // The owner may have granted something that this process does not know of: the next report that is answered frees it.
    private bool _isInDoubt;

    /// <summary>Whether there is nothing to tell of it any more.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _held.Count == 0 && _underWay is null && !_isInDoubt;
            }
        }
    }

    /// <summary>Whether there is enough for one impression.</summary>
    public bool Has(long price, long nowMs)
    {
        lock (_lock)
        {
            return Find(price, nowMs) is not null;
        }
    }

    /// <summary>Whether there is enough for one impression, or the owner may have something and answers in time.</summary>
    public bool MayHave(in BudgetTerms terms, long nowMs)
    {
        lock (_lock)
        {
            return Find(terms.Price, nowMs) is not null || MayAsk(terms, nowMs);
        }
    }

    /// <summary>Pays for one impression; false when there is not enough.</summary>
    public bool TrySpend(long price, long nowMs)
    {
        lock (_lock)
        {
            if (Find(price, nowMs) is not { } held)
            {
                return false;
            }

            _rate.Spend(price, nowMs);
            held.Spent += price;
            held.UsedMs = nowMs;
            _keepUntilMs = nowMs < _keepUntilMs ? nowMs + KeepMs : _keepUntilMs;
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
                _rate.TakeBack(price);
            }
        }
    }

    /// <summary>Asks for one impression. Ends with the owner's answer, whatever that is; null when there is none to wait for.</summary>
    public Task? Ask(in BudgetTerms terms, long nowMs)
    {
        lock (_lock)
        {
            if (Find(terms.Price, nowMs) is not null)
            {
                // Came in between.
                return Task.CompletedTask;
            }

            if (!MayAsk(terms, nowMs))
            {
                return null;
            }

            if (_waiting is null)
            {
                (_waiting, _waitingMs) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), nowMs);
            }

            _waiters++;
            return _waiting.Task;
        }
    }

    /// <summary>What to tell the owner now; null when there is nothing to tell, or a report is under way.</summary>
    /// <param name="terms">Null when the campaign is no more.</param>
    /// <param name="isLast">Everything is given back, whatever is under way.</param>
    /// <param name="nowMs">By this process's clock.</param>
    public BudgetReport? Report(BudgetTerms? terms, bool isLast, long nowMs)
    {
        lock (_lock)
        {
            if (_underWay is not null && !isLast)
            {
                return null;
            }

            // An answer to that is not heard any more.
            _isInDoubt |= _underWay?.Wanted > 0;
            long price = terms?.Price ?? long.MaxValue;
            (long left, bool isDue) = End(price, isLast, nowMs);
            long waited = terms is null || isLast ? 0 : Asked(nowMs) * price;
            long wanted = terms is null || isLast ? 0 : Math.Max(waited, Stock(terms.Value, nowMs)) - left;
            if (wanted < price)
            {
                // Nobody has to wait for what is here, nor for what cannot come.
                wanted = 0;
                _waiting?.TrySetResult();
                (_waiting, _waiters) = (null, 0);
            }

            if (wanted == 0 && !isDue && !(_isInDoubt && (isLast || nowMs >= _closedUntilMs)))
            {
                return null;
            }

            var report = new BudgetReport { Holder = holder, Sequence = ++_sequence, Wanted = wanted, IsStock = wanted > 0 && _waiters == 0 };
            report.Held.AddRange(_held.Select(h => new BudgetReport.Types.HeldLease { Lease = h.Lease.Lease, Spent = h.Spent, Done = h.IsDone }));
            _answering?.TrySetResult();
            (_underWay, _answering, _waiting, _waiters) = (report, _waiting, null, 0);
            (_sentMs, _sentTerms) = (nowMs, terms);
            return report;
        }
    }

    /// <summary>The owner's answer to the last report. An answer that was given up waiting for must not come here any more.</summary>
    public void Take(BudgetReport report, BudgetGrant grant, long nowMs)
    {
        lock (_lock)
        {
            _held.RemoveAll(h => h.IsDone && report.Held.Any(r => r.Lease == h.Lease.Lease && r.Done));
            if (report.Sequence != _sequence)
            {
                return;
            }

            // An answer that says nothing is one to a report that came before: that may have got something.
            _isInDoubt = report.Wanted > 0 && grant.Lease is null && grant.RetryAfterMs == 0;
            if (grant.Lease is { } lease)
            {
                _held.Add(new HeldLease(lease, isAsked: !report.IsStock, nowMs));
            }
            else if (report.IsStock)
            {
                // Others need it more.
                (_noStockUntilMs, _keepUntilMs) = (nowMs + RetryMs, long.MinValue);
            }
            else if (report.Wanted > 0)
            {
                (_closedTerms, _closedUntilMs) = (_sentTerms, nowMs + grant.RetryAfterMs);
            }

            End();
        }
    }

    /// <summary>The owner did not answer the last report. What it may have granted is free again with the next one.</summary>
    public void Fail(BudgetReport report, long nowMs)
    {
        lock (_lock)
        {
            if (report.Sequence == _sequence)
            {
                _isInDoubt |= report.Wanted > 0;
                (_closedTerms, _closedUntilMs) = (_sentTerms, nowMs + RetryMs);
                End();
            }
        }
    }

    private void End()
    {
        _answering?.TrySetResult();
        (_underWay, _answering) = (null, null);
    }

    // With other terms than those by which there was nothing there may be something.
    private bool MayAsk(in BudgetTerms terms, long nowMs) =>
        (nowMs >= _closedUntilMs || _closedTerms != terms)
        && (_underWay is null || nowMs - _sentMs <= PatienceMs) && (_waiting is null || nowMs - _waitingMs <= PatienceMs);

    // How many impressions to ask for. Who waited for as long as anybody does has left: what comes is for one who comes next.
    private int Asked(long nowMs) => Math.Min(_waiters, nowMs - _waitingMs > 2 * PatienceMs ? 1 : MostAsked);

    // Ends what is not to be spent any more; gives what is left of the others, and whether an end is to be told of now.
    private (long Left, bool IsDue) End(long price, bool isLast, long nowMs)
    {
        long left = 0;
        bool isDue = false;
        foreach (HeldLease held in _held)
        {
            long rest = held.Lease.Amount - held.Spent;
            bool isIdle = nowMs - held.UsedMs >= IdleMs;
            if (isIdle && held.IsAsked && held.Spent == 0)
            {
                // Who asked for it did not use it: it came too late. For the next one something is kept.
                _keepUntilMs = nowMs + KeepMs;
            }

            bool isKept = nowMs < _keepUntilMs && rest >= price && rest < 2 * price && left == 0;
            held.IsDone |= isLast || held.Lease.ExpiresMs <= nowMs || (rest < price && nowMs - held.UsedMs >= SettledMs) || (isIdle && !isKept);

            // What is too little for an impression is of no use to those who wait.
            left += held.IsDone ? 0 : rest - (rest % price);
            isDue |= held.IsDone && (isLast || isIdle);
        }

        return (left, isDue);
    }

    // What was spent in about a second, where a process that dies with it takes hardly anything of the budget along.
    private long Stock(in BudgetTerms terms, long nowMs)
    {
        if (nowMs < _noStockUntilMs || nowMs < _closedUntilMs)
        {
            return 0;
        }

        long spent = _rate.InASecond(nowMs);
        long stock = spent >= Lively * terms.Price ? Math.Min(spent, terms.MostStock) : 0;
        return stock >= terms.Price ? stock : nowMs < _keepUntilMs ? terms.Price : 0;
    }

    private HeldLease? Find(long price, long nowMs)
    {
        foreach (HeldLease held in _held)
        {
            if (!held.IsDone && nowMs < held.Lease.ExpiresMs && held.Lease.Amount - held.Spent >= price)
            {
                return held;
            }
        }

        return null;
    }
}
