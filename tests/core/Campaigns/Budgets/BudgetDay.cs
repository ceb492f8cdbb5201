using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Campaigns.Budgets;

/// <summary>
/// Days in the life of one campaign's budget: an owner, processes whose messages to it take some milliseconds each way and
/// which may die, and requests at each of them, which the campaign is eligible for whenever its hours and its schedule let it
/// show, and wins when it is the best of those that can pay.
/// </summary>
internal sealed class BudgetDay(Campaign campaign, int processes, int seed)
{
    private const long Tick = 1_000;
    private const int MostLatency = 5;

    /// <summary>An answer that did not come by then is given up.</summary>
    private const long MostWaitMs = 1_000;

    private readonly CampaignSet _set = CampaignSet.Empty.With([campaign]);
    private readonly Random _random = new(seed);
    private readonly Random _wins = new(seed + 1);
    private readonly Random _losses = new(seed + 2);
    private readonly BudgetPurse[] _purses = [.. Enumerable.Range(0, processes).Select(i => new BudgetPurse($"p{i}"))];
    private readonly List<(BudgetPurse Purse, Action Again)> _waiting = [];
    private readonly PriorityQueue<Action, (long TimeMs, long Order)> _events = new();
    private readonly BudgetLedger _owner = new();
    private readonly SortedDictionary<long, long> _idealByDay = [];
    private int _lives = processes;
    private long _order;
    private long _now;

    /// <summary>Requests in a second of the first process; each further one has half of the one before it.</summary>
    public double Supply { get; init; } = 1;

    /// <summary>Milliseconds between requests, in place of <see cref="Supply"/>; 0 for chance.</summary>
    public long EveryMs { get; init; }

    /// <summary>Time and process of each request by itself, earliest first, in place of <see cref="Supply"/>; null for chance.</summary>
    public IReadOnlyList<(long TimeMs, int Process)>? Requests { get; init; }

    /// <summary>How likely it is the best at a request, by the number of the process; else it is outbid.</summary>
    public Func<int, double> Wins { get; init; } = static _ => 1;

    /// <summary>The share of requests that have no time to wait for the owner.</summary>
    public double Hurried { get; init; }

    /// <summary>How likely an answer of the owner is lost.</summary>
    public double Losses { get; init; }

    /// <summary>How likely one of the processes dies in an hour, with what it holds.</summary>
    public double Deaths { get; init; }

    /// <summary>When one of the processes dies.</summary>
    public long DiesAtMs { get; init; } = long.MaxValue;

    /// <summary>Requests that it was the best at, whether it could pay or not.</summary>
    public int Won { get; private set; }

    /// <summary>Millionths paid by the UTC day of the payment.</summary>
    public SortedDictionary<long, long> Paid { get; } = [];

    /// <summary>Millionths paid in each hour since the start.</summary>
    public List<long> ByHour { get; } = [];

    /// <summary>What one process that knows all, never waits and never dies would have paid by the same terms.</summary>
    public long Ideal => _idealByDay.Values.Sum();

    public long Committed => _owner.Committed;

    private BudgetTerms Terms => _set.Ads[0].Budget!.Value;

    public void Run(long fromMs, long toMs)
    {
        int next = 0;
        At(DiesAtMs, () => Die(_random.Next(_purses.Length)));
        for (long now = fromMs; now < toMs; now += Tick)
        {
            if ((now - fromMs) % 3_600_000 == 0)
            {
                ByHour.Add(0);
                if (_random.NextDouble() < Deaths)
                {
                    Die(_random.Next(_purses.Length));
                }
            }

            for (; Requests is not null && next < Requests.Count && Requests[next].TimeMs < now + Tick; next++)
            {
                (long time, int process) = Requests[next];
                At(time, () => Request(process));
            }

            for (int i = 0; Requests is null && i < _purses.Length; i++)
            {
                int process = i;
                if (EveryMs > 0 ? (now - fromMs) % EveryMs == 0 : _random.NextDouble() < Supply * Tick / 1000 / (1 << i))
                {
                    At(now + (EveryMs > 0 ? 0 : _random.Next((int)Tick)), () => Request(process));
                }
            }

            for (int i = 0; i < _purses.Length; i++)
            {
                BudgetPurse purse = _purses[i];
                At(now + Tick - 1, () => Exchange(purse));
            }

            while (_events.TryPeek(out _, out (long TimeMs, long Order) at) && at.TimeMs < now + Tick)
            {
                _now = Math.Max(now, at.TimeMs);
                _events.Dequeue()();
            }
        }
    }

    private void At(long timeMs, Action happens) => _events.Enqueue(happens, (timeMs, _order++));

    private void Die(int process)
    {
        _waiting.RemoveAll(w => w.Purse == _purses[process]);
        _purses[process] = new BudgetPurse($"p{_lives++}");
    }

    private void Request(int process)
    {
        Ad ad = _set.Ads[0];
        if (_now < ad.StartMs || _now >= ad.EndMs || ad.Hours?.Has(_now) == false)
        {
            return;
        }

        bool isBest = Wins(process) is var chance && (chance >= 1 || _wins.NextDouble() < chance);
        if (isBest)
        {
            Won++;
            PayIdeal();
        }

        Decide(_purses[process], isBest, Hurried > 0 && _random.NextDouble() < Hurried ? _now : _now + BudgetPurse.PatienceMs);
    }

    private void Decide(BudgetPurse purse, bool isBest, long untilMs)
    {
        if (!purse.MayHave(Terms, _now) || !isBest)
        {
            return;
        }

        if (purse.TrySpend(Terms.Price, _now))
        {
            long day = BudgetTerms.Day(_now);
            Paid[day] = Paid.GetValueOrDefault(day) + Terms.Price;
            ByHour[^1] += Terms.Price;
        }
        else if (_now <= untilMs && purse.Ask(Terms, _now) is not null)
        {
            _waiting.Add((purse, () => DecideAgain(purse, untilMs)));
            Exchange(purse);
        }
    }

    // Who has no time left has decided without it.
    private void DecideAgain(BudgetPurse purse, long untilMs)
    {
        if (_now <= untilMs)
        {
            Decide(purse, isBest: true, untilMs);
        }
    }

    private void Exchange(BudgetPurse purse)
    {
        if (!_purses.Contains(purse) || purse.Report(Terms, false, _now) is not { } report)
        {
            return;
        }

        At(_now + Latency, () =>
        {
            BudgetGrant grant = _owner.Report(Terms, report, _now);
            if (Losses > 0 && _losses.NextDouble() < Losses)
            {
                At(_now + MostWaitMs, () => End(purse, () => purse.Fail(report, _now)));
            }
            else
            {
                At(_now + Latency, () => End(purse, () => purse.Take(report, grant, _now)));
            }
        });
    }

    private void End(BudgetPurse purse, Action take)
    {
        if (!_purses.Contains(purse))
        {
            return;
        }

        take();
        List<Action> again = [.. _waiting.Where(w => w.Purse == purse).Select(w => w.Again)];
        _waiting.RemoveAll(w => w.Purse == purse);
        again.ForEach(a => a());
        Exchange(purse);
    }

    private void PayIdeal()
    {
        long day = BudgetTerms.Day(_now);
        if (Terms.Allowed(_now) - Ideal >= Terms.Price && Terms.AllowedOnDay(_now) - _idealByDay.GetValueOrDefault(day) >= Terms.Price)
        {
            _idealByDay[day] = _idealByDay.GetValueOrDefault(day) + Terms.Price;
        }
    }

    private long Latency => _random.Next(1, MostLatency + 1);
}
