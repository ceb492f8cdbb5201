using System.Runtime.InteropServices;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>Keys of placements, each made once. One caller at a time.</summary>
internal sealed class PlacementKeys
{
    private const int Most = 1024;

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public string Of(string placement)
    {
        if (_keys.Count >= Most)
        {
            _keys.Clear();
        }

        ref string? key = ref CollectionsMarshal.GetValueRefOrAddDefault(_keys, placement, out _);
        return key ??= PlacementKey.Of(placement);
    }
}
