using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Campaigns.Budgets;
using Footprint.Grid.Engine;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Tests.Campaigns.Budgets;

public sealed class BudgetTermsTests
{
    [Fact]
    public void Of_ABudgetOfSoManyPrices_PaysForJustAsMany()
    {
        for (int cents = 1; cents < 1000; cents++)
        {
            double price = cents / 100.0;
            for (int count = 1; count <= 50; count++)
            {
                BudgetTerms terms = Terms(price, count * price);
                Assert.True(terms.Total / terms.Price == count && terms.Daily / terms.Price == count, $"{count} times {price}");
            }
        }
    }

    [Theory]
    [InlineData(0.0079, 7_900)]
    [InlineData(0.00051, 510)]
    [InlineData(0.0000005, 1)]
    [InlineData(0.0000015, 2)]
    [InlineData(1e9, 1_000_000_000_000_000)]
    public void Price_OfAnyFraction_IsThatOrTheNextMillionth(double price, long expected) => Assert.Equal(expected, Terms(price, 1e12).Price);

    [Theory]
    [InlineData(2.01)]
    [InlineData(4.03)]
    [InlineData(0.57)]
    public void Validate_BudgetOfOneImpression_IsTaken(double price)
    {
        var faults = new List<Fault>();

        CampaignValidator.Check(new UpsertCampaignsRequest { Campaigns = { Campaign(price, price) } }, faults);

        Assert.Empty(faults);
    }

    private static BudgetTerms Terms(double price, double budget) => CampaignSet.Empty.With([Campaign(price, budget)]).Ads[0].Budget!.Value;

    private static Campaign Campaign(double price, double budget) =>
        new() { CampaignId = "c", Budget = new CampaignBudget { Total = budget, Daily = budget, PricePerImpression = price, Currency = "EUR" } };
}
