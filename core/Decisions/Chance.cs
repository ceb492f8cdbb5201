using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Numbers by chance that depend on a seed and a place alone, so that a decision can be made again.</summary>
internal static class Chance
{
    private const double UnitOf53 = 1.0 / (1L << 53);
    private const float UnitOf16 = 1f / 65536;
    private const float Half = 2 - (2 * UnitOf16);
    private const float ToStandard = 1.7320508f;
    private const uint LowHalf = 0xFFFF;
    private const uint Golden = 0x9E3779B9;

    /// <summary>
    /// Nearly standard normal: the sum of four uniform numbers, which are the halves of two numbers of 32 bits made from place
    /// and seed. Within 3.47 of 0. A hundred of them are drawn a decision.
    /// </summary>
    public static float Normal(ulong seed, uint place)
    {
        seed = Bits(seed, 0);
        uint first = Mixed(place + (uint)seed);
        uint second = Mixed((place * Golden) + (uint)(seed >> 32));
        uint sum = (first & LowHalf) + (first >> 16) + (second & LowHalf) + (second >> 16);
        return ((sum * UnitOf16) - Half) * ToStandard;
    }

    /// <summary>The same for eight places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Normal(ulong seed, Vector256<uint> places)
    {
        seed = Bits(seed, 0);
        Vector256<uint> first = Mixed(places + Vector256.Create((uint)seed));
        Vector256<uint> second = Mixed((places * Golden) + Vector256.Create((uint)(seed >> 32)));
        var low = Vector256.Create(LowHalf);
        Vector256<uint> sums = (first & low) + (first >>> 16) + (second & low) + (second >>> 16);
        return ((Vector256.ConvertToSingle(sums.AsInt32()) * UnitOf16) - Vector256.Create(Half)) * ToStandard;
    }

    /// <summary>From 0 on, below 1.</summary>
    public static double Uniform(ulong seed, ulong place) => (Bits(seed, place) >> 11) * UnitOf53;

    // Changes half of the bits for any bit changed (lowbias32, https://nullprogram.com/blog/2018/07/31/): eight at a time where
    // a processor multiplies no longer numbers at once.
    private static uint Mixed(uint z)
    {
        z = (z ^ (z >> 16)) * 0x7FEB352D;
        z = (z ^ (z >> 15)) * 0x846CA68B;
        return z ^ (z >> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mixed(Vector256<uint> z)
    {
        z = (z ^ (z >>> 16)) * 0x7FEB352D;
        z = (z ^ (z >>> 15)) * 0x846CA68B;
        return z ^ (z >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(ulong seed, ulong place)
    {
        ulong z = seed + ((place + 1) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
