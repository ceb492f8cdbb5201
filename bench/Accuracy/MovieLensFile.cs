using System.Globalization;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>
/// Reads ratings as MovieLens 100k has them: a line for each with the numbers of person and item, stars and seconds. They are
/// split as the benchmarks of Microsoft Recommenders do it: each row, in the file's order, draws a number from MT19937 with
/// seed 42; of each item the three quarters with the lowest numbers are played, the rest is held out. Stars do not count.
/// </summary>
internal static class MovieLensFile
{
    private const double Played = 0.75;
    private const uint Seed = 42, SeedOfValidation = 43;

    /// <param name="path">Of the file.</param>
    /// <param name="validation">Splits what would be played once more, and holds out a quarter of that instead.</param>
    /// <exception cref="FormatException">A line is not made of four whole numbers.</exception>
    public static Trace Read(string path, bool validation)
    {
        var rows = ReadRows(path);
        var (played, held) = Split(rows, Seed);
        if (validation)
        {
            (played, held) = Split(played, SeedOfValidation);
        }

        var places = new Dictionary<int, int>();
        var items = new List<Item>();
        foreach (var row in rows)
        {
            if (places.TryAdd(row.Item, items.Count))
            {
                items.Add(new Item { ItemId = $"item-{row.Item}" });
            }
        }

        var heldOf = held.ToLookup(row => row.Person);
        var people = new List<int[]>();
        var count = new List<int>();
        var times = new List<long[]>();
        foreach (var person in played.GroupBy(row => row.Person))
        {
            Rating[] acts = [.. person.OrderBy(row => row.Seconds)];
            int[] answers = [.. heldOf[person.Key].Select(row => places[row.Item])];
            people.Add([.. acts.Select(row => places[row.Item]), .. answers]);
            count.Add(answers.Length);
            times.Add([.. acts.Select(row => row.Seconds * 1000)]);
        }

        return new Trace(Path.GetFileNameWithoutExtension(path), items, people, "purchase") { Held = count, TimesMs = times };
    }

    private static (List<Rating> Played, List<Rating> Held) Split(List<Rating> rows, uint seed)
    {
        var random = new MersenneTwister(seed);
        var drawn = rows.ConvertAll(row => (Row: row, Number: random.NextDouble()));
        var (played, held) = (new List<Rating>(), new List<Rating>());
        foreach (var item in drawn.GroupBy(d => d.Row.Item))
        {
            var ordered = item.OrderBy(d => d.Number).ToArray();
            for (var i = 0; i < ordered.Length; i++)
            {
                ((double)(i + 1) / ordered.Length <= Played ? played : held).Add(ordered[i].Row);
            }
        }

        return (played, held);
    }

    private static List<Rating> ReadRows(string path)
    {
        var rows = new List<Rating>();
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 4 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var person)
                || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var item)
                || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out _)
                || !long.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                throw new FormatException($"{path}, line {rows.Count + 1}: expected the numbers of a person and an item, stars and seconds.");
            }

            rows.Add(new Rating(person, item, seconds));
        }

        return rows;
    }

    private readonly record struct Rating(int Person, int Item, long Seconds);
}
