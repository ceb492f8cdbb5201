using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Campaigns.Budgets;

public sealed class BudgetTests
{
    private const long Day = 86_400_000;
    private const long Midnight = 20_500 * Day;

    [Fact]
    public void Leases_AnyInterleaving_NeverOverspend() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: the model is what was paid in truth, by the day that the lease was of.
        var random = new Random(seed);
        BudgetTerms terms = Terms(new CampaignBudget
        {
            Total = random.Next(2) == 0 ? random.Next(1, 500) : 0,
            Daily = random.Next(1, 200),
            PricePerImpression = random.Next(1, 9) / 4.0,
            Pacing = (CampaignBudget.Types.Pacing)random.Next(2),
        });
        var owner = new BudgetLedger();
        StoredBudget durable = owner.Save();
        var holders = new List<BudgetPurse>();
        var underway = new List<(BudgetPurse Purse, BudgetReport Report, bool IsHeard)>();
        var paid = new Dictionary<long, long>();
        long now = Midnight + random.Next((int)Day);
        int lives = 0;
        bool isDeadly = random.Next(2) == 0;

        for (int step = 0; step < 400; step++)
        {
            now += random.Next(3) == 0 ? random.Next(4_000) : random.Next(50) == 0 ? random.Next((int)Day) : 0;
            if (holders.Count < 3)
            {
                holders.Add(new BudgetPurse($"p{lives++}"));
            }

            BudgetPurse purse = holders[random.Next(holders.Count)];
            switch (random.Next(12))
            {
                case 0 when isDeadly:
                    // A process dies. What it sent may come still.
                    holders.Remove(purse);
                    break;
                case 1:
                    // The owner dies: what it made durable is there.
                    owner = BudgetLedger.Load(StoredBudget.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(durable)));
                    break;
                case < 5:
                    purse.Ask(terms, now);
                    if (!underway.Exists(u => u.Purse == purse && u.IsHeard) && purse.Report(terms, random.Next(30) == 0, now) is { } report)
                    {
                        bool isAwaited = random.Next(5) > 0;
                        underway.Add((purse, report, isAwaited));
                        if (!isAwaited)
                        {
                            // Given up before it arrives, which it may still do.
                            purse.Fail(report, now);
                        }

                        if (random.Next(3) == 0)
                        {
                            // Sent twice.
                            underway.Add((purse, report.Clone(), false));
                        }
                    }

                    break;
                case < 8 when underway.Count > 0:
                    // Any message arrives, however late; its answer is heard or lost.
                    int at = random.Next(underway.Count);
                    (BudgetPurse to, BudgetReport message, bool isHeard) = underway[at];
                    underway.RemoveAt(at);
                    BudgetGrant grant = owner.Report(terms, message, now);
                    durable = owner.Save();
                    if (isHeard)
                    {
                        to.Take(message, grant, now);
                    }

                    break;
                default:
                    if (purse.TrySpend(terms.Price, now))
                    {
                        paid[0] = paid.GetValueOrDefault(0) + terms.Price;
                        if (random.Next(10) == 0)
                        {
                            purse.Refund(terms.Price);
                            paid[0] -= terms.Price;
                        }
                    }

                    break;
            }

            // Assert
            Assert.True(paid.GetValueOrDefault(0) <= terms.Total, "more than the total was paid");
            Assert.True(paid.GetValueOrDefault(0) <= owner.Committed, "the owner does not know of something that was paid");
            Assert.True(owner.CommittedOn(BudgetTerms.Day(now)) <= terms.Daily, "more than a day's budget is out");
            Assert.True(owner.Committed <= terms.Total, "more than the total is out");
        }

        // Where nobody died nothing is lost either: messages that are still under way come, then all is given back.
        underway.ForEach(u =>
        {
            owner.Report(terms, u.Report, now);
            u.Purse.Fail(u.Report, now);
        });
        foreach (BudgetPurse purse in holders)
        {
            if (purse.Report(terms, true, now) is { } last)
            {
                purse.Take(last, owner.Report(terms, last, now), now);
            }
        }

        Assert.True(isDeadly || paid.GetValueOrDefault(0) == owner.Committed, "what was paid is not what the owner counts");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lease_OfAProcessThatDied_CountsUntilItIsKnownOtherwise()
    {
        BudgetTerms terms = Terms(new CampaignBudget { Total = 10, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible });
        var owner = new BudgetLedger();
        StoredLease lease = owner.Report(terms, new BudgetReport { Holder = "a", Sequence = 1, Wanted = 4_000_000 }, Midnight).Lease;

        Assert.Equal(4_000_000, lease.Amount);
        Assert.Equal(4_000_000, owner.Committed);
        owner.Report(terms, new BudgetReport { Holder = "b", Sequence = 1 }, Midnight + (10 * Day));
        Assert.Equal(4_000_000, owner.Committed);

        var late = new BudgetReport { Holder = "a", Sequence = 2, Held = { new BudgetReport.Types.HeldLease { Lease = lease.Lease, Spent = 1_000_000, Done = true } } };
        owner.Report(terms, late, Midnight + (20 * Day));
        owner.Report(terms, late, Midnight + (20 * Day));
        Assert.Equal(1_000_000, owner.Committed);
    }

    [Fact]
    public void Lease_RanOut_IsNotSpentFrom()
    {
        BudgetTerms terms = Terms(new CampaignBudget { Total = 10, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible });
        var owner = new BudgetLedger();
        var purse = new BudgetPurse("a");
        Ask(purse, 2, Midnight);
        BudgetReport report = purse.Report(terms, false, Midnight)!;
        purse.Take(report, owner.Report(terms, report, Midnight), Midnight);

        Assert.True(purse.TrySpend(terms.Price, Midnight + BudgetTerms.LeaseMs - 1));
        Assert.False(purse.TrySpend(terms.Price, Midnight + BudgetTerms.LeaseMs));

        void Ask(BudgetPurse of, int times, long now)
        {
            for (int i = 0; i < times; i++)
            {
                Assert.False(of.Ask(terms, now)!.IsCompleted);
            }
        }
    }

    [Fact]
    public void Holders_MoreThanAreRemembered_AreBoundedAndThoseWithLeasesStay()
    {
        BudgetTerms terms = Terms(new CampaignBudget { Total = 10, PricePerImpression = 1, Pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible });
        var owner = new BudgetLedger();
        owner.Report(terms, new BudgetReport { Holder = "leased", Sequence = 9, Wanted = 1_000_000 }, Midnight);

        for (int i = 0; i < 2 * BudgetLedger.MostHolders; i++)
        {
            owner.Report(terms, new BudgetReport { Holder = $"p{i}", Sequence = 1 }, Midnight + 1 + i);
        }

        Assert.Equal(BudgetLedger.MostHolders, owner.Save().Holders.Count);
        Assert.Contains(owner.Save().Holders, h => h.Holder_ == "leased");
        owner.Report(terms, new BudgetReport { Holder = "leased", Sequence = 8 }, Midnight + Day);
        Assert.Equal(1_000_000, owner.Committed);
    }

    [Fact]
    public void Terms_OfTheSchedule_GoEvenlyFromStartToEnd()
    {
        var campaign = new Campaign
        {
            StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(Midnight)),
            EndTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(Midnight + (10 * Day))),
            Budget = new CampaignBudget { Total = 100, PricePerImpression = 1 },
        };
        BudgetTerms terms = CampaignSet.Empty.With([campaign]).Budget("")!.Value;

        Assert.Equal(0, terms.Allowed(Midnight - BudgetTerms.AheadMs));
        Assert.Equal(5_000_000, terms.Allowed(Midnight - BudgetTerms.AheadMs + 1), 10.0);
        Assert.Equal(55_000_000, terms.Allowed(Midnight + (5 * Day) - BudgetTerms.AheadMs));
        Assert.Equal(100_000_000, terms.Allowed(Midnight + (10 * Day) - BudgetTerms.AheadMs - 1));
        Assert.Equal(100_000_000, terms.Allowed(Midnight + (10 * Day)));
        Assert.Equal(long.MaxValue, terms.AllowedOnDay(Midnight));
    }

    private static BudgetTerms Terms(CampaignBudget budget) =>
        CampaignSet.Empty.With([new Campaign { CampaignId = "c", Budget = budget }]).Budget("c")!.Value;
}
