using Footprint.Grid.Bench.Accuracy;

namespace Footprint.Grid.Bench.Tests.Accuracy;

public sealed class MovieLensFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    // The generator's own test vector: seed 5489 gives 4123659995 as the ten-thousandth number, as the C++ standard says.
    [Fact]
    public void MersenneTwister_TenThousandthNumber_IsThatOfTheStandard()
    {
        var random = new MersenneTwister(5489);
        uint last = 0;
        for (var i = 0; i < 10_000; i++)
        {
            last = random.Next();
        }

        Assert.Equal(4123659995, last);
    }

    // The first numbers of NumPy's legacy generator with seed 42.
    [Fact]
    public void MersenneTwister_Seed42_DrawsWhatThePublishedSplitDrew()
    {
        var random = new MersenneTwister(42);

        Assert.Equal(0.3745401188473625, random.NextDouble(), 15);
        Assert.Equal(0.9507143064099162, random.NextDouble(), 15);
    }

    [Fact]
    public void Read_Ratings_AQuarterOfEachItemHeldOutAndTheRestInOrderOfTime()
    {
        var lines = from person in Enumerable.Range(1, 40) from item in Enumerable.Range(1, 8) select $"{person}\t{item}\t3\t{1000 - (person * item % 97)}";
        File.WriteAllText(_file, string.Join('\n', lines));

        var trace = MovieLensFile.Read(_file, validation: false);

        Assert.Equal(8, trace.Items.Count);
        Assert.Equal(240, trace.Played);
        var held = new int[8];
        for (var person = 0; person < trace.People.Count; person++)
        {
            foreach (var item in trace.HeldOut(person))
            {
                held[item]++;
                Assert.DoesNotContain(item, trace.History(person).ToArray());
            }

            Assert.Equal(trace.TimesMs![person].Order(), trace.TimesMs[person]);
            Assert.Equal(trace.History(person).Length, trace.TimesMs[person].Length);
        }

        Assert.All(held, count => Assert.Equal(10, count));
        Assert.Equal(8 * 22, MovieLensFile.Read(_file, validation: true).Played);
    }

    [Theory]
    [InlineData("1 2 3\n")]
    [InlineData("1 2 3 x\n")]
    public void Read_NotRatings_NamesTheLine(string text)
    {
        File.WriteAllText(_file, "1 2 3 4\n" + text);

        var error = Assert.Throws<FormatException>(() => MovieLensFile.Read(_file, validation: false));

        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_file);
}
