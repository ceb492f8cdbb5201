using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Campaigns.Budgets;

/// <summary>
/// Days in the life of one campaign's budget: an owner, processes that exchange with it five times a second and may die, and
/// requests at each of them, which the campaign is eligible for whenever its hours and its schedule let it show, and wins
/// when it is the best of those that can pay.
/// </summary>
internal sealed class BudgetDay(Campaign campaign, int processes, int seed)
{
    private const long Tick = 1_000;
    private readonly CampaignSet _set = CampaignSet.Empty.With([campaign]);
    private readonly Random _random = new(seed);
    private readonly BudgetPurse[] _purses = [.. Enumerable.Range(0, processes).Select(i => new BudgetPurse($"p{i}"))];
    private readonly BudgetLedger _owner = new();
    private int _lives = processes;

    /// <summary>Requests in a second of the first process; each further one has half of the one before it.</summary>
    public double Supply { get; init; } = 1;

    /// <summary>Milliseconds between requests, in place of <see cref="Supply"/>; 0 for chance.</summary>
    public long EveryMs { get; init; }

    /// <summary>How likely it is the best at a request, by the number of the process; else it is outbid.</summary>
    public Func<int, double> Wins { get; init; } = static _ => 1;

    /// <summary>Requests that it was the best at, whether it could pay or not.</summary>
    public int Won { get; private set; }

    /// <summary>How likely one of the processes dies in an hour, with what it holds.</summary>
    public double Deaths { get; init; }

    /// <summary>Millionths paid by the UTC day of the payment.</summary>
    public SortedDictionary<long, long> Paid { get; } = [];

    /// <summary>Millionths paid in each hour since the start.</summary>
    public List<long> ByHour { get; } = [];

    public long Committed => _owner.Committed;

    public void Run(long fromMs, long toMs)
    {
        Ad ad = _set.Ads[0];
        BudgetTerms terms = ad.Budget!.Value;
        for (long now = fromMs; now < toMs; now += Tick)
        {
            bool shows = now >= ad.StartMs && now < ad.EndMs && ad.Hours?.Has(now) != false;
            if ((now - fromMs) % 3_600_000 == 0)
            {
                ByHour.Add(0);
                if (_random.NextDouble() < Deaths)
                {
                    _purses[_random.Next(_purses.Length)] = new BudgetPurse($"p{_lives++}");
                }
            }

            for (int i = 0; shows && i < _purses.Length; i++)
            {
                bool isAsked = EveryMs > 0 ? (now - fromMs) % EveryMs == 0 : _random.NextDouble() < Supply * Tick / 1000 / (1 << i);
                if (!isAsked)
                {
                    continue;
                }

                bool canPay = _purses[i].Has(terms.Price, now);
                bool isBest = Wins(i) is var chance && (chance >= 1 || _random.NextDouble() < chance);
                Won += isBest ? 1 : 0;
                if (canPay && isBest && _purses[i].TrySpend(terms.Price, now))
                {
                    long day = BudgetTerms.Day(now);
                    Paid[day] = Paid.GetValueOrDefault(day) + terms.Price;
                    ByHour[^1] += terms.Price;
                }
            }

            foreach (BudgetPurse purse in _purses)
            {
                if (purse.Report(terms.Price, false, now) is { } report)
                {
                    purse.Take(report, _owner.Report(terms, report, now));
                }
            }
        }
    }
}
