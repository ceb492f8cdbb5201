using Footprint.Grid.Core.Learning;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Core.Tests.Learning.Outcomes;

public sealed class CalibrationTests
{
    [Fact]
    public void Calibration_PredictionsTooHighButInOrder_ChancesMeanWhatTheySay()
    {
        Calibration calibration = Play(new Random(1), 20_000, odds => Math.Min(0.95, 0.2 + odds), random => random.NextDouble() < 0.5 ? 0.1 : 0.7);

        Assert.True(calibration.IsTrusted);
        Assert.Equal(0.1, calibration.Chance(0.3f), 0.03);
        Assert.Equal(0.7, calibration.Chance(0.9f), 0.03);
        Assert.InRange(calibration.Error, 0, 0.04);
        Assert.InRange(calibration.Skill, 0.3, 0.6);
    }

    [Fact]
    public void Calibration_PredictionsWithoutSignal_NeverTrusted()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            double rate = 0.05 + (0.9 * random.NextDouble());

            Calibration calibration = Play(random, 3000, _ => 0.05 + (0.9 * random.NextDouble()), _ => rate);

            Assert.False(calibration.IsTrusted);
            Assert.True(calibration.Skill < 0.1, $"skill {calibration.Skill}");
        }
    }

    [Fact]
    public void Calibration_TooFewPicks_NotTrusted() =>
        Assert.False(Play(new Random(1), 900, odds => odds, random => random.NextDouble() < 0.5 ? 0.05 : 0.95).IsTrusted);

    /// <summary>Twenty thousand picks are shown before anything is known of the placement, and stated to be even.</summary>
    [Fact]
    public void Calibration_ManyPicksInTheFirstMoments_AreNotHeldAgainstTheOthers()
    {
        Calibration calibration = Play(
            new Random(1), 26_000, odds => odds, random => random.NextDouble() < 0.5 ? 0.1 : 0.7, (n, known, predicted) => n < 20_000 || !known.IsJudged ? -1 : known.Chance(predicted));

        Assert.True(calibration.IsTrusted);
        Assert.InRange(calibration.Error, 0, 0.04);
    }

    [Fact]
    public void Calibration_WorldDriftsAfterALongTime_NotTrustedAnyMoreWithinAWindow()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            // Arrange: a hundred thousand picks, of which none is forgotten, and then others are liked.
            const int steady = 100_000;
            var random = new Random(seed);
            int n = 0;
            int trustedUntil = 0;
            Play(
                random,
                steady + (2 * JudgedPicks.Window),
                odds => odds,
                r => r.NextDouble() < 0.5 ? 0.1 : 0.7,
                (at, known, predicted) =>
                {
                    (n, trustedUntil) = (at, known.IsTrusted ? at : trustedUntil);
                    return known.Chance(predicted);
                },
                odds => n < steady ? odds : odds < 0.5 ? 0.25 : 0.5);

            Assert.InRange(trustedUntil, steady, steady + JudgedPicks.Window);
        }
    }

    [Fact]
    public void Calibration_SteadyWorldThatIsNotEasy_OnceTrustedStaysSo()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            int turns = 0;
            bool was = false;
            Play(
                new Random(seed),
                100_000,
                odds => odds,
                r => r.NextDouble() < 0.5 ? 0.1 : 0.45,
                (_, known, predicted) =>
                {
                    turns += known.IsTrusted == was ? 0 : 1;
                    was = known.IsTrusted;
                    return known.Chance(predicted);
                });

            Assert.Equal((1, true), (turns, was));
        }
    }

    [Fact]
    public void Judged_SavedAndLoaded_GoesOnFromThere()
    {
        var judged = new JudgedPicks();
        double[] sums = new double[PlacementLayout.Count];
        for (int n = 0; n < 20; n++)
        {
            Add(sums, 1000, chance: 0.5, liked: 0.5);
            judged.Judge(sums, 1);
        }

        var stored = new StoredOutcomes();
        judged.Save(stored);
        var loaded = new JudgedPicks();
        loaded.Load(stored, 2);
        double[] twice = [.. sums.Select(s => 2 * s)];
        Add(sums, 1000, chance: 0.5, liked: 1);
        Add(twice, 2000, chance: 0.5, liked: 1);
        judged.Judge(sums, 1);
        loaded.Judge(twice, 0.5);

        Assert.InRange(judged.Error, 0.07, 0.1);
        Assert.Equal(judged.Error, loaded.Error, 1e-9);
        Assert.Throws<CorruptRecordException>(() => loaded.Load(new StoredOutcomes { Judged = { 1 } }, 1));
    }

    [Fact]
    public void Calibration_FewerThanAThousandPicks_WhatIsStatedIsNotJudged()
    {
        Assert.False(Calibration.None.IsJudged);
        Assert.False(Play(new Random(1), 990, odds => odds, random => random.NextDouble()).IsJudged);
        Assert.True(Play(new Random(1), 1010, odds => odds, random => random.NextDouble()).IsJudged);
    }

    [Fact]
    public void Chance_AnyHistory_RisesWithThePrediction()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            Calibration calibration = Play(random, 500, _ => 0.01 + (0.98 * random.NextDouble()), r => r.NextDouble());
            float last = 0;
            for (float predicted = 0.01f; predicted < 1; predicted += 0.01f)
            {
                float chance = calibration.Chance(predicted);
                Assert.InRange(chance, last - 1e-6f, 1);
                last = chance;
            }
        }
    }

    [Fact]
    public void Chance_NothingKnown_IsThePrediction() => Assert.Equal(0.3f, Calibration.None.Chance(0.3f));

    // Picks whose odds are drawn, predicted as told, stated by what was known two hundred picks before, and then tossed.
    private static Calibration Play(
        Random random,
        int count,
        Func<double, double> predict,
        Func<Random, double> odds,
        Func<int, Calibration, float, float>? state = null,
        Func<double, double>? drifted = null)
    {
        var judged = new JudgedPicks();
        long[] units = new long[PlacementLayout.Count];
        Calibration calibration = Calibration.None;
        for (int n = 0; n < count; n++)
        {
            double truth = odds(random);
            float predicted = (float)predict(truth);
            var shown = new PickObservation("p", "i", 0, 0, predicted, state?.Invoke(n, calibration, predicted) ?? calibration.Chance(predicted), IsShown: true, 0, 0, 0);
            PlacementLayout.Add(units, shown, 1 / EraDecay.Unit);
            if (random.NextDouble() < (drifted?.Invoke(truth) ?? truth))
            {
                PlacementLayout.Add(units, shown with { IsShown = false, Liked = 1, Worth = 1 }, 1 / EraDecay.Unit);
            }

            if (n % 200 == 199)
            {
                calibration = Known();
            }
        }

        return Known();

        Calibration Known()
        {
            double[] sums = [.. units.Select(u => u * EraDecay.Unit)];
            judged.Judge(sums, 1);
            return Calibration.Of(sums, 1, judged);
        }
    }

    private static void Add(double[] sums, double picks, double chance, double liked)
    {
        int at = PlacementLayout.Stated + (3 * PlacementLayout.StatedBin(chance));
        sums[at] += picks;
        sums[at + 1] += picks * chance;
        sums[at + 2] += picks * liked;
        sums[PlacementLayout.Squares] += picks * chance * chance;
        sums[PlacementLayout.Squares + 1] += picks * chance * liked;
    }
}
