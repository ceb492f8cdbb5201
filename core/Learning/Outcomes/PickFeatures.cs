using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    private const int PlaceShift = 40;
    private const int HourShift = 48;
    private const int FlagsShift = 56;
    private const int SegmentShift = 4;
    private const float Steps = 127;
    private const ulong TermBits = (1ul << PlaceShift) - 1;
    private const byte PersonalBit = 0x80;
    private static readonly float[] _places = [.. Enumerable.Range(0, byte.MaxValue + 1).Select(place => 1 / MathF.Log2(2 + place))];

    // A field, because unoptimized code makes an object each time a span of constants is asked for.
    private static readonly float[] _ranges = [1, 2, 0.25f, 0.1f, 0.5f];

    private static readonly Vector256<float> _divisors = Vector256.Create(_ranges[0], _ranges[1], _ranges[2], _ranges[3], _ranges[4], 1, 1, 1);
    private static readonly (float Sin, float Cos)[] _hours = [.. Enumerable.Range(0, 24).Select(hour => MathF.SinCos(MathF.Tau / 24 * hour))];

    /// <summary>The terms' greatest values in the fixed ranking, in the order of the features.</summary>
    public static ReadOnlySpan<float> Ranges => _ranges;

    /// <param name="terms">Of the score, <see cref="OfItem"/> of them.</param>
    /// <param name="place">Among the picks, from 0 on.</param>
    /// <param name="timeMs">Of the decision.</param>
    /// <param name="channel">Number of the channel.</param>
    /// <param name="isPersonal">Whether the profile had a part in it.</param>
    /// <param name="segments">Those of the placement's that the client is in, a bit each.</param>
    public static ulong Pack(ReadOnlySpan<float> terms, int place, long timeMs, int channel, bool isPersonal, int segments = 0) =>
        Pack(Vector256.Create(terms[0], terms[1], terms[2], terms[3], terms[4], 0, 0, 0), place, timeMs, channel, isPersonal, segments);

    /// <inheritdoc cref="Pack(ReadOnlySpan{float}, int, long, int, bool, int)"/>
    public static ulong Pack(Vector256<float> terms, int place, long timeMs, int channel, bool isPersonal, int segments)
    {
        Vector256<float> parts = Vector256.MinNative(Vector256.MaxNative(terms / _divisors, -Vector256<float>.One), Vector256<float>.One);
        Vector256<int> steps = Vector256.ConvertToInt32(Vector256.Round(parts * Steps));
        Vector128<short> shorts = Vector128.Narrow(steps.GetLower(), steps.GetUpper());
        ulong packed = Vector128.Narrow(shorts, shorts).AsUInt64().ToScalar() & TermBits;
        return packed
            | ((ulong)Math.Min(place, byte.MaxValue) << PlaceShift)
            | ((ulong)(timeMs / 3_600_000 % 24) << HourShift)
            | ((ulong)((channel & 0x0F) | (segments << SegmentShift) | (isPersonal ? PersonalBit : 0)) << FlagsShift);
    }

    public static int Channel(ulong packed) => (int)(packed >> FlagsShift) & 0x0F;

    /// <summary>The placement's segments that the client is in, a bit each.</summary>
    public static int Segments(ulong packed) => (int)(packed >> (FlagsShift + SegmentShift)) & ((1 << MostSegments) - 1);

    /// <summary>The ranking's terms, as parts of their ranges, with zeros up to a vector's length.</summary>
    public static Vector256<float> Terms(ulong packed)
    {
        Vector128<short> shorts = Vector128.WidenLower(Vector128.CreateScalar(packed & TermBits).AsSByte());
        return Vector256.ConvertToSingle(Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts))) / Steps;
    }

    /// <summary>How much less a later place is looked at, as ranking measures discount: 1 for the first.</summary>
    public static float Place(ulong packed) => _places[(int)(packed >> PlaceShift) & 0xFF];

    [SkipLocalsInit]
    public static void Unpack(ulong packed, Span<float> x)
    {
        x[0] = 1;
        Terms(packed).CopyTo(x[1..]);
        x[PlaceFeature] = Place(packed);
        (x[7], x[8]) = _hours[((int)(packed >> HourShift) & 0xFF) % 24];
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
