using System.Globalization;
using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>
/// Reads sequences as recommendation research passes them around: a line for each person, its number first, then the
/// numbers of the items in the order of the acts.
/// </summary>
internal static class SequenceFile
{
    /// <param name="path">Of the file.</param>
    /// <param name="validation">Leaves each person's last act out altogether, so that the one before is held out.</param>
    /// <exception cref="FormatException">A line is not made of whole numbers, or holds no act.</exception>
    public static Trace Read(string path, bool validation = false)
    {
        var (items, people) = ReadLines(path, validation);
        var order = Shuffled(items.Count);
        var catalog = new Item[items.Count];
        for (var item = 0; item < catalog.Length; item++)
        {
            catalog[order[item]] = items[item];
        }

        foreach (var acts in people)
        {
            for (var i = 0; i < acts.Length; i++)
            {
                acts[i] = order[acts[i]];
            }
        }

        return new Trace(Path.GetFileNameWithoutExtension(path), catalog, people, "purchase");
    }

    private static (List<Item> Items, List<int[]> People) ReadLines(string path, bool validation)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var items = new List<Item>();
        var people = new List<int[]>();
        var lineNumber = 0;
        foreach (var line in File.ReadLines(path))
        {
            lineNumber++;
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !words.All(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                throw new FormatException($"{path}, line {lineNumber}: expected the number of a person and of at least one item.");
            }

            var acts = new int[words.Length - 1];
            for (var i = 0; i < acts.Length; i++)
            {
                if (!places.TryGetValue(words[i + 1], out acts[i]))
                {
                    acts[i] = items.Count;
                    places.Add(words[i + 1], acts[i]);
                    items.Add(new Item { ItemId = $"item-{words[i + 1]}" });
                }
            }

            acts = validation ? acts[..^1] : acts;

            // Who acted once has nothing to be judged by.
            if (acts.Length > 1)
            {
                people.Add(acts);
            }
        }

        return (items, people);
    }

    // Such files number items as they first appear, so that a person's items have neighbouring numbers, the one held out
    // as well. A system that breaks ties by the order of its catalog would be told the answer; no order is left here.
    private static int[] Shuffled(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        var random = new SplitMix(6);
        for (var i = count - 1; i > 0; i--)
        {
            var other = random.Next(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
