using Footprint.Grid.Core.Decisions;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Decisions;

public sealed class SlotWalkTests
{
    [Fact]
    public void Next_AnyCount_GivesEachNumberOnce() => Prop.ForAll(Gen.Choose(0, 3000).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (count, seed) =>
    {
        var walk = new SlotWalk(count, (ulong)seed * 977);

        int[] met = Take(ref walk, count);

        Assert.Equal(Enumerable.Range(0, count), met.Order());
        Assert.Equal(-1, walk.Next());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_BrokenOff_MeetsWhatLiesSideBySideOrPeriodicallyInProportion() => Prop.ForAll(
        Gen.Choose(20_000, 2_000_000).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (count, seed) =>
        {
            const int Steps = 15_000;
            var walk = new SlotWalk(count, (ulong)seed * 977);
            int group = count / 100;
            int[] side = new int[101];

            foreach (int number in Take(ref walk, Steps))
            {
                side[number / group]++;
            }

            // A hundredth of the steps in each hundredth of the numbers, give or take a quarter; the last group is what is left over.
            Assert.All(side[..100], met => Assert.InRange(met, 0.75 * Steps / 100, 1.25 * Steps / 100));
        }).QuickCheckThrowOnFailure();

    private static int[] Take(ref SlotWalk walk, int count)
    {
        int[] met = new int[count];
        for (int i = 0; i < count; i++)
        {
            met[i] = walk.Next();
        }

        return met;
    }
}
