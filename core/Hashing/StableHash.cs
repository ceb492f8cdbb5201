using System.Globalization;

namespace Footprint.Grid.Core.Hashing;

/// <summary>
/// Where a value falls between 0 and 1, the same in every process and forever: GrowthBook's hash, on FNV-1a with 32 bits
/// (Fowler, Noll, Vo) over UTF-16 code units. Version 1 is <c>fnv(value + seed) mod 1000 / 1000</c>, kept for those who
/// use it already; version 2 hashes the decimal digits of <c>fnv(seed + value)</c> once more, <c>mod 10000 / 10000</c>,
/// which takes away what neighbouring seeds have in common.
/// </summary>
public static class StableHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;
    private const int MostDigits = 10;

    /// <summary>0 included to 1 excluded; null for a version other than 1 and 2.</summary>
    public static double? Of(string seed, string value, int version) => version switch
    {
        1 => Add(Add(Offset, value), seed) % 1000 / 1000.0,
        2 => Version2(seed, value),
        _ => null,
    };

    /// <summary>Whether the client is in the share of clients that the seed leaves out. Nobody is in a share of 0, or without an id.</summary>
    public static bool IsIn(double share, string seed, string clientId) => share > 0 && clientId.Length > 0 && Version2(seed, clientId) < share;

    private static double Version2(string seed, string value)
    {
        Span<char> digits = stackalloc char[MostDigits];
        Add(Add(Offset, seed), value).TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        return Add(Offset, digits[..length]) % 10_000 / 10_000.0;
    }

    private static uint Add(uint hash, ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }
}
