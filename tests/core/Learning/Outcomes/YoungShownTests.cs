using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

/// <summary>What an item keeps of when it was shown.</summary>
public sealed class YoungShownTests
{
    private const long Now = 1_767_000_000_000;
    private const long Minute = 60_000;
    private const long Day = 1440 * Minute;
    private static readonly CatalogSnapshot _catalog = CatalogSnapshot.Empty.With([new Item { ItemId = "i0" }]);

    [Fact]
    public void Add_AnyRowsAndTimes_StaysWithinItsBoundAndLosesNothing() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var young = new YoungShown();
        double[] shown = new double[ItemOutcomes.MostRows];
        int rows = random.Next(1, shown.Length + 1);
        int minute = 29_000_000;
        for (int i = 0; i < 300; i++)
        {
            minute += random.Next(random.Next(1, 200));
            int row = random.Next(rows);
            int count = random.Next(1, 10);
            young.Add(row, minute - random.Next(3), count);
            shown[row] += count;
            Assert.InRange(young.Count, 1, YoungShown.Most);
        }

        Assert.All(Enumerable.Range(0, rows), row => Assert.Equal(shown[row], Saved(young, row).Sum(s => s.Shown), 0.1));

        // A row goes, and the last one takes its place.
        int gone = random.Next(rows);
        (int, float)[] last = Saved(young, rows - 1);
        young.Remove(gone);
        if (gone < rows - 1)
        {
            young.Renumber(rows - 1, gone);
            Assert.Equal(last, Saved(young, gone));
        }

        Assert.Empty(Saved(young, rows - 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_ADayOfMinutes_LiesTheFurtherApartTheOlderItIs()
    {
        var young = new YoungShown();
        const int Minutes = 1440;
        for (int minute = 0; minute < Minutes; minute++)
        {
            young.Add(0, minute, 1);
        }

        (int Minute, float Shown)[] saved = Saved(young, 0);
        Assert.Equal(Minutes, saved.Sum(s => s.Shown));
        Assert.InRange(saved.Length, 10, YoungShown.Most);
        Assert.All(saved, s => Assert.InRange(s.Shown, 1, Math.Max(1, 1.2 * (Minutes - s.Minute))));
    }

    [Fact]
    public void Add_TakenBack_LeavesWhatOthersWereShown()
    {
        var young = new YoungShown();
        for (int minute = 0; minute < 1440; minute++)
        {
            young.Add(0, minute, 1);
        }

        young.Add(0, 700, -5);
        young.Add(1, 700, -5);

        Assert.Equal(1435, Saved(young, 0).Sum(s => s.Shown));
        Assert.Empty(Saved(young, 1));
    }

    [Fact]
    public void Knowledge_ItemShownEverywhereForAWeek_KeepsItsTimesWithinTheBound()
    {
        var knowledge = new KnowledgeBase();
        for (long hour = 0; hour < 7 * 24; hour++)
        {
            for (int channel = 0; channel < ItemOutcomes.MostRows; channel++)
            {
                ulong features = PickFeatures.Pack([0.5f, 0, 0, 0, 0], 0, Now, channel, isPersonal: true);
                knowledge.Observe([new PickObservation($"p{channel}", "i0", Now + (60 * hour * Minute), features, 0.2f, 0.2f, IsShown: true, 0, 0, 0)]);
            }
        }

        knowledge.Publish(_catalog, Now + (7 * Day));

        Assert.InRange(knowledge.Save("i0")!.Outcomes.Sum(o => o.Young.Count), 1, YoungShown.Most);
        Assert.All(knowledge.Save("i0")!.Outcomes, o => Assert.NotEmpty(o.Young));
    }

    private static (int Minute, float Shown)[] Saved(YoungShown young, int row)
    {
        var saved = new StoredOutcomes();
        young.Save(row, saved);
        return [.. saved.YoungMinutes.Zip(saved.Young)];
    }
}
