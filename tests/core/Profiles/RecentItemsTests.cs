using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;

namespace Footprint.Grid.Core.Tests.Profiles;

public sealed class RecentItemsTests
{
    [Fact]
    public void Add_PastTheBound_TheOldestOfTheSameCategoriesGoes()
    {
        var items = new RecentItems();
        items.Add("declared", "declare", 1, spent: false, isDisliked: false, DataCategories.Declared);
        items.Add("bought", "purchase", 2, spent: true, isDisliked: false, DataCategories.Purchases);
        for (int i = 0; i <= ProfileLimits.SpentItems; i++)
        {
            items.Add($"viewed{i}", "view", 3 + i, spent: false, isDisliked: false, DataCategories.Behaviour);
            items.Add($"dismissed{i}", "dismiss", 3 + i, spent: true, isDisliked: true, DataCategories.Behaviour);
        }

        string[] kept = [.. Enumerable.Range(0, items.Count).Select(i => items[i].ItemId)];
        Assert.Equal(2 + ProfileLimits.RecentItems + ProfileLimits.SpentItems, kept.Length);
        Assert.Contains("declared", kept);
        Assert.Contains("bought", kept);
        Assert.DoesNotContain("dismissed0", kept);
        Assert.Contains($"viewed{ProfileLimits.SpentItems - ProfileLimits.RecentItems + 1}", kept);
    }

    [Fact]
    public void Add_OneThatBecomesSpentOfAFullKind_LeavesRoomInTheOther()
    {
        var items = new RecentItems();
        for (int i = 0; i < ProfileLimits.RecentItems; i++)
        {
            items.Add($"{i}", "view", 10 + i, spent: false, isDisliked: false, DataCategories.Behaviour);
        }

        items.Add("0", "view", 1, spent: true, isDisliked: false, DataCategories.Behaviour);
        items.Add("one more", "view", 1000, spent: false, isDisliked: false, DataCategories.Behaviour);
        Assert.Equal(ProfileLimits.RecentItems + 1, items.Count);

        items.Forget(DataCategories.Behaviour);
        Assert.Equal((0, false), (items.Count, items.HasSpent));
    }
}
