using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Campaigns.Budgets;

/// <summary>When a process asks the owner of a budget, and what it keeps.</summary>
public sealed class BudgetPurseTests
{
    private const long Day = 86_400_000;
    private const long Midnight = 20_500 * Day;

    private readonly BudgetLedger _owner = new();
    private readonly BudgetPurse _purse = new("a");
    private readonly BudgetTerms _terms = Terms(10);

    [Fact]
    public void Ask_OwnerHasSome_EndsWithItAndItIsSpent()
    {
        Assert.True(_purse.MayHave(_terms, Midnight));
        Assert.False(_purse.TrySpend(_terms.Price, Midnight));
        Task asked = _purse.Ask(_terms, Midnight)!;
        Assert.False(asked.IsCompleted);

        Assert.True(Exchange(_purse, Midnight));

        Assert.True(asked.IsCompleted);
        Assert.True(_purse.TrySpend(_terms.Price, Midnight));
        Assert.False(_purse.TrySpend(_terms.Price, Midnight));
    }

    [Fact]
    public void Ask_OwnerHasNone_EndsAndNobodyAsksAgainBeforeThereMayBeSome()
    {
        // Arrange: two a day, evenly; one was for the first half of it, and is spent.
        BudgetTerms terms = Terms(2, CampaignBudget.Types.Pacing.Even);
        Spend(_purse, terms, Midnight);
        long now = Midnight + Day - 2_000 - BudgetTerms.AheadMs;
        Spend(_purse, terms, now - Day / 2 + 10_000);
        Task asked = _purse.Ask(terms, now)!;

        // Act
        Exchange(_purse, now, terms);

        // Assert
        Assert.True(asked.IsCompleted);
        Assert.False(_purse.MayHave(terms, now + 1));
        Assert.Null(_purse.Ask(terms, now + 1));
        Assert.True(_purse.MayHave(terms, now + Day));

        // Other terms may have some.
        Assert.True(_purse.MayHave(_terms, now + 1));
    }

    [Fact]
    public void Ask_WhileAReportIsUnderWay_IsForTheNextOne()
    {
        _purse.Ask(_terms, Midnight);
        BudgetReport first = _purse.Report(_terms, false, Midnight)!;
        Task later = _purse.Ask(_terms, Midnight)!;
        Assert.Null(_purse.Report(_terms, false, Midnight));

        _purse.Take(first, _owner.Report(_terms, first, Midnight), Midnight);
        Assert.True(_purse.TrySpend(_terms.Price, Midnight));
        Assert.False(later.IsCompleted);
        Assert.True(Exchange(_purse, Midnight));

        Assert.True(later.IsCompleted);
        Assert.True(_purse.TrySpend(_terms.Price, Midnight));
    }

    [Fact]
    public void Ask_OwnerIsSlow_NobodyElseWaits()
    {
        _purse.Ask(_terms, Midnight);
        BudgetReport report = _purse.Report(_terms, false, Midnight)!;

        Assert.True(_purse.MayHave(_terms, Midnight + BudgetPurse.PatienceMs));
        Assert.False(_purse.MayHave(_terms, Midnight + BudgetPurse.PatienceMs + 1));
        Assert.Null(_purse.Ask(_terms, Midnight + BudgetPurse.PatienceMs + 1));

        // It does not answer at all: for a while nobody asks.
        _purse.Fail(report, Midnight + 1_000);
        Assert.Null(_purse.Ask(_terms, Midnight + 1_000));
        Assert.NotNull(_purse.Ask(_terms, Midnight + 1_000 + BudgetPurse.RetryMs));
    }

    [Fact]
    public void Ask_OwnerCannotBeAsked_NobodyElseWaitsAndWhoLeftIsAskedForNoMore()
    {
        for (int i = 0; i < 5; i++)
        {
            Assert.NotNull(_purse.Ask(_terms, Midnight + (i * BudgetPurse.PatienceMs / 5)));
        }

        Assert.True(_purse.MayHave(_terms, Midnight + BudgetPurse.PatienceMs));
        Assert.False(_purse.MayHave(_terms, Midnight + BudgetPurse.PatienceMs + 1));
        Assert.Null(_purse.Ask(_terms, Midnight + BudgetPurse.PatienceMs + 1));

        // It can be again.
        Assert.Equal(_terms.Price, _purse.Report(_terms, false, Midnight + 10_000)!.Wanted);
        Assert.NotNull(_purse.Ask(_terms, Midnight + 10_000));
    }

    [Fact]
    public void Ask_MoreThanIsAskedForAtATime_TheOthersAskAgain()
    {
        for (int i = 0; i <= BudgetPurse.MostAsked; i++)
        {
            Assert.NotNull(_purse.Ask(_terms, Midnight));
        }

        BudgetReport report = _purse.Report(_terms, false, Midnight)!;
        Assert.Equal(BudgetPurse.MostAsked * _terms.Price, report.Wanted);
        Assert.Null(_purse.Report(_terms, false, Midnight));
    }

    [Fact]
    public void Ask_RestOfALeaseIsBelowThePrice_TheOwnerIsAsked()
    {
        // Arrange: the price grows while a lease is out.
        _purse.Ask(_terms, Midnight);
        Exchange(_purse, Midnight);
        BudgetTerms dearer = _terms with { Price = (2 * _terms.Price) - 1 };
        Assert.False(_purse.TrySpend(dearer.Price, Midnight));
        Task asked = _purse.Ask(dearer, Midnight)!;

        // Act
        BudgetReport report = _purse.Report(dearer, false, Midnight)!;

        // Assert
        Assert.Equal(dearer.Price, report.Wanted);
        Assert.False(asked.IsCompleted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lease_AnswerWasLost_IsFreeAgainThoughNobodyAsks(bool isLast)
    {
        // Arrange
        _purse.Ask(_terms, Midnight);
        BudgetReport report = _purse.Report(_terms, false, Midnight)!;
        _owner.Report(_terms, report, Midnight);
        Assert.Equal(_terms.Price, _owner.Committed);

        // Act
        _purse.Fail(report, Midnight + 1_000);
        Assert.False(_purse.IsEmpty);
        Assert.Null(_purse.Report(_terms, false, Midnight + 1_000));
        Assert.True(Exchange(_purse, Midnight + 1_000 + (isLast ? 0 : BudgetPurse.RetryMs), isLast: isLast));

        // Assert: and nothing more is to be told.
        Assert.Equal(0, _owner.Committed);
        Assert.True(_purse.IsEmpty);
        Assert.False(Exchange(_purse, Midnight + 10_000, isLast: isLast));
    }

    [Fact]
    public void Lease_ReportCameTwiceAndTheFirstAnswerIsLost_IsFreeAgainThoughNobodyAsks()
    {
        _purse.Ask(_terms, Midnight);
        BudgetReport report = _purse.Report(_terms, false, Midnight)!;
        _owner.Report(_terms, report, Midnight);

        _purse.Take(report, _owner.Report(_terms, report, Midnight), Midnight);
        Assert.True(Exchange(_purse, Midnight));

        Assert.Equal(0, _owner.Committed);
        Assert.False(Exchange(_purse, Midnight));
    }

    [Fact]
    public void Lease_AnswerIsUnderWayAtTheEnd_IsFreeAgain()
    {
        _purse.Ask(_terms, Midnight);
        BudgetReport report = _purse.Report(_terms, false, Midnight)!;
        BudgetGrant grant = _owner.Report(_terms, report, Midnight);

        BudgetReport last = _purse.Report(_terms, true, Midnight)!;
        _purse.Take(report, grant, Midnight);
        _purse.Take(last, _owner.Report(_terms, last, Midnight), Midnight);

        Assert.Equal(0, _owner.Committed);
        Assert.False(_purse.TrySpend(_terms.Price, Midnight));
    }

    [Fact]
    public void Lease_WhoAskedCouldNotWait_IsKeptForTheNextWhileNobodyLacks()
    {
        // Arrange: nobody spends what came.
        BudgetTerms terms = Terms(1);
        _purse.Ask(terms, Midnight);
        Exchange(_purse, Midnight, terms);

        // Act
        long now = Midnight;
        for (; now <= Midnight + (3 * BudgetTerms.LeaseMs); now += 1_000)
        {
            Exchange(_purse, now, terms);
        }

        // Assert
        Assert.True(_purse.Has(terms.Price, now));

        // Once somebody else gets none it goes back when it runs out, and is there for that one.
        var other = new BudgetPurse("b");
        other.Ask(terms, now);
        Exchange(other, now, terms);
        Assert.False(other.TrySpend(terms.Price, now));
        for (long until = now + BudgetTerms.LeaseMs; now < until; now += 1_000)
        {
            Exchange(_purse, now, terms);
        }

        Assert.Equal(0, _owner.Committed);
        Spend(other, terms, now);
    }

    [Fact]
    public void Lease_RestIsNotSpent_GoesBackInSeconds()
    {
        for (int i = 0; i < 4; i++)
        {
            _purse.Ask(_terms, Midnight);
        }

        Exchange(_purse, Midnight);
        Assert.True(_purse.TrySpend(_terms.Price, Midnight));

        Assert.False(Exchange(_purse, Midnight + BudgetPurse.IdleMs - 1));
        Assert.True(Exchange(_purse, Midnight + BudgetPurse.IdleMs));

        Assert.Equal(_terms.Price, _owner.Committed);
    }

    [Fact]
    public void Stock_WhereALotIsSpent_IsKeptWithinABoundAndGivenBack()
    {
        // Arrange: a hundred a second.
        BudgetTerms terms = Terms(4_000);
        long now = Midnight;
        long most = 0;

        // Act
        for (; now < Midnight + 10_000; now += 10)
        {
            if (!_purse.TrySpend(terms.Price, now))
            {
                Spend(_purse, terms, now);
            }

            Exchange(_purse, now, terms);
            most = Math.Max(most, _owner.Committed - ((now - Midnight) / 10 * terms.Price));
        }

        // Assert: a two-hundredth, and what was spent in between.
        Assert.InRange(most, 2 * terms.Price, 21 * terms.Price);
        for (long until = now + 5_000; now < until; now += 1_000)
        {
            Exchange(_purse, now, terms);
        }

        Assert.Equal(1_000 * terms.Price, _owner.Committed);
    }

    private void Spend(BudgetPurse purse, BudgetTerms terms, long now)
    {
        Assert.NotNull(purse.Ask(terms, now));
        Exchange(purse, now, terms);
        Assert.True(purse.TrySpend(terms.Price, now));
    }

    private bool Exchange(BudgetPurse purse, long now, BudgetTerms? terms = null, bool isLast = false)
    {
        if (purse.Report(terms ?? _terms, isLast, now) is not { } report)
        {
            return false;
        }

        purse.Take(report, _owner.Report(terms ?? _terms, report, now), now);
        return true;
    }

    private static BudgetTerms Terms(double daily, CampaignBudget.Types.Pacing pacing = CampaignBudget.Types.Pacing.AsSoonAsPossible) =>
        CampaignSet.Empty.With([new Campaign { CampaignId = "c", Budget = new CampaignBudget { Daily = daily, PricePerImpression = 1, Pacing = pacing } }])
            .Budget("c")!.Value;
}
