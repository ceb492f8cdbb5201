namespace Footprint.Grid.Core.Consent.Tcf;

/// <summary>
/// A set of vendors, 1 to 65,535, as the string has it: a bit for each or a list of ranges. Ranges are kept as they are,
/// so that a short string that names many vendors many times costs no more than its length.
/// </summary>
public sealed class TcfVendors
{
    private readonly ulong[] _bits;
    private readonly (int First, int Last)[] _ranges;

    private TcfVendors(ulong[] bits, (int First, int Last)[] ranges) => (_bits, _ranges) = (bits, ranges);

    public bool Has(int vendor)
    {
        if (vendor < 1)
        {
            return false;
        }

        if (vendor / 64 < _bits.Length && ((_bits[vendor / 64] >> (vendor % 64)) & 1) == 1)
        {
            return true;
        }

        foreach ((int first, int last) in _ranges)
        {
            if (first <= vendor && vendor <= last)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The highest number, how the rest is written, and the rest.</summary>
    internal static TcfVendors Read(ref TcfBits bits, string field)
    {
        int highest = bits.ReadInt(16, $"the highest vendor of {field}");
        if (bits.ReadFlag($"the encoding of {field}"))
        {
            return ReadRanges(ref bits, field, highest);
        }

        var set = new ulong[(highest / 64) + 1];
        for (int vendor = 1; vendor <= highest; vendor++)
        {
            set[vendor / 64] |= bits.ReadFlag(field) ? 1UL << (vendor % 64) : 0;
        }

        return new TcfVendors(set, []);
    }

    internal static TcfVendors ReadRanges(ref TcfBits bits, string field, int highest)
    {
        int count = bits.ReadInt(12, $"the number of ranges of {field}");
        var ranges = new List<(int, int)>(Math.Min(count, 64));
        for (int i = 0; i < count; i++)
        {
            bool isRange = bits.ReadFlag($"range {i} of {field}");
            int first = bits.ReadInt(16, $"range {i} of {field}");
            int last = isRange ? bits.ReadInt(16, $"range {i} of {field}") : first;
            if (first < 1 || last < first || last > highest)
            {
                throw new TcfException($"range {i} of {field} goes from vendor {first} to {last}", $"1 to {highest}, the lower first");
            }

            ranges.Add((first, last));
        }

        return new TcfVendors([], [.. ranges]);
    }
}
