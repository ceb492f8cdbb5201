namespace Footprint.Grid.Contracts.Tests;

/// <summary>What happened between two contract texts.</summary>
internal sealed record ContractDifference(IReadOnlyList<string> Breaks, IReadOnlyList<string> Additions)
{
    public static ContractDifference Between(IEnumerable<string> before, IEnumerable<string> after)
    {
        var now = ByKey(after);
        var was = ByKey(before);
        var breaks = new List<string>();
        foreach (var (key, fact) in was)
        {
            if (!now.TryGetValue(key, out var current))
            {
                breaks.Add($"removed: {key} {fact}".TrimEnd());
            }
            else if (current != fact)
            {
                breaks.Add($"changed: {key} was '{fact}', is '{current}'");
            }
        }

        return new ContractDifference(breaks, [.. now.Keys.Where(key => !was.ContainsKey(key))]);
    }

    private static SortedDictionary<string, string> ByKey(IEnumerable<string> lines)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var (key, fact) = tab < 0 ? (line, "") : (line[..tab], line[(tab + 1)..]);

            // Two names of one enum number (allow_alias) are one fact.
            facts[key] = facts.TryGetValue(key, out var first) ? $"{first}, {fact}" : fact;
        }

        return facts;
    }
}
