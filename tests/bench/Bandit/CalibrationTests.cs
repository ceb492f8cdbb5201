using Footprint.Grid.Bench.Bandit;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Tests.Bandit;

public sealed class CalibrationTests
{
    [Theory]
    [InlineData("Steady", "Observe", 1)]
    [InlineData("Steady", "Observe", 3)]
    [InlineData("PagesHoursLate", "Explore", 1)]
    public void Percentages_WorldWithTastes_MeanWhatTheySayOnLaterTraffic(string world, string mode, int seed)
    {
        var run = CalibrationRun.Play(
            Enum.Parse<BanditWorldKind>(world), learning: 4000, heldOut: 1000, (ulong)seed, mode: Enum.Parse<Placement.Types.Learning>(mode));

        Assert.True(run.HeldOut.Count >= 5000, $"{run.HeldOut.Count} picks were calibrated.");
        Assert.InRange(run.HeldOut.Error, 0, 0.05);
        Assert.InRange(run.HeldOut.Brier / run.HeldOut.BrierOfRate, 0, 0.9);
    }

    [Fact]
    public void Percentages_WorldWithoutSignal_NeverStatedAsCalibrated() =>
        Assert.All(Enumerable.Range(0, 3), seed => Assert.Equal(0, CalibrationRun.Play(BanditWorldKind.NoSignal, 1500, 0, (ulong)seed).Calibrated));
}
