using Footprint.Grid.Core.Learning;
using FsCheck;
using FsCheck.Fluent;

namespace Footprint.Grid.Core.Tests.Learning;

public sealed class WorkPaceTests
{
    [Fact]
    public void Worked_AnyPiecesAtAnyTicks_TakeAtMostASixthOfTheTime() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        // Arrange: a clock that is this test's own; there is always something to do.
        var random = new Random(seed);
        var pace = new WorkPace();
        TimeSpan now = TimeSpan.Zero, ended = TimeSpan.Zero, worked = TimeSpan.Zero;

        for (int piece = 0; piece < 50;)
        {
            now += TimeSpan.FromMilliseconds(250);
            if (!pace.MayWork(now - ended))
            {
                continue;
            }

            // Of the time up to here all work is followed by its rest.
            Assert.True(worked * (1 + WorkPace.RestOfSaving) <= now, $"{worked} of work in {now}");
            var publishing = TimeSpan.FromMilliseconds(random.Next(1, 2_000));
            TimeSpan saving = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(20_000)) : TimeSpan.Zero;
            pace.Worked(publishing, saving);
            now += publishing + saving;
            (ended, worked) = (now, worked + publishing + saving);
            piece++;
        }

        Assert.Equal(worked, pace.Done);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void MayWork_AfterPublishing_IsUpOnceItRestedNineTimesAsLong()
    {
        var pace = new WorkPace();
        Assert.True(pace.MayWork(TimeSpan.Zero));

        pace.Worked(TimeSpan.FromMilliseconds(10));

        Assert.False(pace.MayWork(TimeSpan.FromMilliseconds(89)));
        Assert.True(pace.MayWork(TimeSpan.FromMilliseconds(90)));
    }
}
