using System.Collections.Frozen;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>Positions of campaigns by the placements that they may fill.</summary>
internal sealed class PlacementIndex
{
    private readonly int[] _anywhere;
    private readonly FrozenDictionary<string, int[]> _only;

    public PlacementIndex(ReadOnlySpan<Campaign> campaigns)
    {
        var anywhere = new List<int>();
        var only = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < campaigns.Length; i++)
        {
            if (campaigns[i].Placements.Count == 0)
            {
                anywhere.Add(i);
            }

            foreach (string placement in campaigns[i].Placements)
            {
                List<int> there = only.TryGetValue(placement, out List<int>? known) ? known : only[placement] = [];
                if (there.Count == 0 || there[^1] != i)
                {
                    there.Add(i);
                }
            }
        }

        _anywhere = [.. anywhere];
        _only = only.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Of campaigns that may fill any placement.</summary>
    public ReadOnlySpan<int> Anywhere => _anywhere;

    /// <summary>Of campaigns that name this one.</summary>
    public ReadOnlySpan<int> Only(string placement) => _only.TryGetValue(placement, out int[]? there) ? there : [];
}
