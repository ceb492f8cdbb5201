using System.Globalization;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Replay;

/// <summary>
/// Reads sequences as recommendation research passes them around: a line for each person, its number first, then the
/// numbers of the items in the order of the acts.
/// </summary>
internal static class SequenceFile
{
    /// <exception cref="FormatException">A line is not made of whole numbers, or holds no act.</exception>
    public static Trace Read(string path)
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

            // Who acted once has nothing to be judged by.
            if (acts.Length > 1)
            {
                people.Add(acts);
            }
        }

        return new Trace(Path.GetFileNameWithoutExtension(path), items, people, "purchase");
    }
}
