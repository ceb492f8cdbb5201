using Footprint.Grid.Core.Catalog;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Engine;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Decisions;

/// <summary>The candidates that a request names.</summary>
internal sealed class AskedItems
{
    private readonly int[] _slots = new int[RequestValidator.MaxListed];

    /// <summary>How many are named.</summary>
    public int Count { get; private set; }

    /// <summary>In their order; below 0 for what the catalog has not.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public void Find(RepeatedField<string> named, NameTable ids)
    {
        for (Count = 0; Count < named.Count; Count++)
        {
            _slots[Count] = ids.Find(named[Count]);
        }
    }

    /// <summary>False when they are too many, or something is wrong with one.</summary>
    public bool TryFind(PickRequestBytes request, NameTable ids)
    {
        Count = 0;
        for (ReadOnlySpan<byte> left = request.Candidates; !left.IsEmpty;)
        {
            ReadOnlySpan<byte> these = left;
            Span<int> found = _slots.AsSpan(Count, Math.Min(NameTable.AtOnce, _slots.Length - Count));
            int count = ids.Find(ref left, found);
            if (count == 0 || !ArePlain(these, found[..count]))
            {
                return false;
            }

            Count += count;
        }

        return true;
    }

    // What the catalog has is an id.
    private static bool ArePlain(ReadOnlySpan<byte> named, ReadOnlySpan<int> found)
    {
        if (!found.Contains(-1))
        {
            return true;
        }

        foreach (int slot in found)
        {
            if (!PickRequestBytes.TryTake(ref named, out ReadOnlySpan<byte> id) || (slot < 0 && !PickRequestBytes.IsPlain(id)))
            {
                return false;
            }
        }

        return true;
    }
}
