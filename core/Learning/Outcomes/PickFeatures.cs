using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Footprint.Grid.Core.Learning.Outcomes;

/// <summary>
/// What a pick is judged by, in eight bytes: the five terms of the fixed ranking as parts of <see cref="Ranges"/> (-1 to 1
/// in steps of 1/127), the place among the picks, the hour (UTC), and channel, the placement's segments that the client is in,
/// and whether the profile had a part in it.
/// </summary>
internal static class PickFeatures
{
    /// <summary>1; interest, co-visit, popularity, freshness, context; place; hour, twice; app; another channel; personal; in each segment.</summary>
    public const int Count = FirstSegment + MostSegments;

    /// <summary>Segments that a placement tells apart.</summary>
    public const int MostSegments = 3;

    /// <summary>Features that differ between the candidates of one decision: those from 1 on.</summary>
    public const int OfItem = 5;

    /// <summary>The first of the features that all picks of one decision have in common, apart from the constant.</summary>
    public const int OfDecision = PlaceFeature + 1;

    public const int PlaceFeature = OfItem + 1;

    private const int FirstSegment = 12;
    private const int SegmentShift = 4;
    private const byte PersonalBit = 0x80;
    private static readonly float[] _places = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(place => 1 / MathF.Log2(2 + place))];

    // A field, because unoptimized code makes an object each time a span of constants is asked for.
    private static readonly float[] _ranges = [1, 2, 0.25f, 0.1f, 0.5f];

    /// <summary>The terms' greatest values in the fixed ranking, in the order of the features.</summary>
    public static ReadOnlySpan<float> Ranges => _ranges;

    /// <param name="terms">Of the score, <see cref="OfItem"/> of them.</param>
    /// <param name="place">Among the picks, from 0 on.</param>
    /// <param name="timeMs">Of the decision.</param>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="isPersonal">Whether the profile had a part in it.</param>
    /// <param name="segments">Those of the placement's that the client is in, a bit each.</param>
    public static ulong Pack(ReadOnlySpan<float> terms, int place, long timeMs, int channel, bool isPersonal, int segments = 0)
    {
        ulong packed = 0;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<ulong>(ref packed));
        for (int i = 0; i < OfItem; i++)
        {
            bytes[i] = (byte)(sbyte)MathF.Round(127 * Math.Clamp(terms[i] / Ranges[i], -1, 1));
        }

        bytes[5] = (byte)Math.Min(place, byte.MaxValue);
        bytes[6] = (byte)(timeMs / 3_600_000 % 24);
        bytes[7] = (byte)((channel & 0x0F) | (segments << SegmentShift) | (isPersonal ? PersonalBit : 0));
        return BitConverter.IsLittleEndian ? packed : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(packed);
    }

    public static int Channel(ulong packed) => (int)(packed >> 56) & 0x0F;

    /// <summary>The placement's segments that the client is in, a bit each.</summary>
    public static int Segments(ulong packed) => (int)(packed >> (56 + SegmentShift)) & ((1 << MostSegments) - 1);

    /// <summary>One of the ranking's terms, as a part of its range.</summary>
    public static float Term(ulong packed, int term) => (sbyte)(packed >> (8 * term)) / 127f;

    /// <summary>How much less a later place is looked at, as ranking measures discount: 1 for the first.</summary>
    public static float Place(ulong packed) => _places[(int)(packed >> 40) & 0xFF];

    [SkipLocalsInit]
    public static void Unpack(ulong packed, Span<float> x)
    {
        x[0] = 1;
        for (int i = 0; i < OfItem; i++)
        {
            x[1 + i] = Term(packed, i);
        }

        x[PlaceFeature] = Place(packed);
        (float sin, float cos) = MathF.SinCos(MathF.Tau / 24 * ((int)(packed >> 48) & 0xFF));
        x[7] = sin;
        x[8] = cos;
        int channel = Channel(packed);
        x[9] = channel == 2 ? 1 : 0;
        x[10] = channel > 2 ? 1 : 0;
        x[11] = (packed >> 63) != 0 ? 1 : 0;
        for (int i = 0; i < MostSegments; i++)
        {
            x[FirstSegment + i] = (Segments(packed) >> i) & 1;
        }
    }
}
