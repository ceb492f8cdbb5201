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

    /// <summary>
    /// Nearly standard normal: the sum of four uniform numbers, made from one (SplitMix64's finalizer). Within 3.47 of 0.
    /// A hundred of them are drawn a decision.
    /// </summary>
    public static float Normal(ulong seed, ulong place)
    {
        ulong z = Bits(seed, place);
        int sum = (ushort)z + (ushort)(z >> 16) + (ushort)(z >> 32) + (ushort)(z >> 48);
        return ((sum * UnitOf16) - Half) * ToStandard;
    }

    /// <summary>The same for eight places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Normal(ulong seed, Vector256<uint> places)
    {
        (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(places);
        Vector256<float> sums = Vector256.ConvertToSingle(Vector256.Narrow(Sums(seed, lower), Sums(seed, upper)).AsInt32());
        return ((sums * UnitOf16) - Vector256.Create(Half)) * ToStandard;
    }

    /// <summary>From 0 on, below 1.</summary>
    public static double Uniform(ulong seed, ulong place) => (Bits(seed, place) >> 11) * UnitOf53;

    // The sum in the lower half of each, something in the upper.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Sums(ulong seed, Vector256<ulong> places)
    {
        Vector256<ulong> z = Vector256.Create(seed) + ((places + Vector256<ulong>.One) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EB;
        z ^= z >>> 31;
        var mask = Vector256.Create(0x0000_FFFF_0000_FFFFul);
        Vector256<ulong> pairs = (z & mask) + ((z >>> 16) & mask);
        return pairs + (pairs >>> 32);
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
