using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Footprint.Grid.Core.Memory;

/// <summary>
/// Asks the processor to bring memory into its caches while other work goes on. A decision reads some hundred places
/// that lie far apart; asked for one after the other each costs 15 to 100 ns, asked for together they cost little more
/// than one. A hint and nothing else: it never faults, an object that the collector moves meanwhile only loses it, and
/// where the processor has no such instruction it does nothing.
/// </summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>All of a value of no more than a line, whichever two it may lie on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Value<T>(ref readonly T value)
    {
        if (Sse.IsSupported)
        {
            byte* first = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in value));
            Sse.Prefetch0(first);
            if (Unsafe.SizeOf<T>() > sizeof(long))
            {
                Sse.Prefetch0(first + Unsafe.SizeOf<T>() - 1);
            }
        }
    }

    /// <summary>The start of a text: its length and two dozen characters. Reads nothing of it itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Text(string? text)
    {
        if (Sse.IsSupported && text is not null)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in text.GetPinnableReference())));
        }
    }

    /// <summary>The start of an object, which is not read itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Object(object? value, int bytes = 2 * LineBytes)
    {
        if (Sse.IsSupported)
        {
            byte* first = *(byte**)Unsafe.AsPointer(ref value);
            for (int at = 0; at < bytes; at += LineBytes)
            {
                Sse.Prefetch0(first + at);
            }
        }
    }

    /// <summary>All of a short array.</summary>
    public static unsafe void Span<T>(ReadOnlySpan<T> values)
    {
        if (Sse.IsSupported && !values.IsEmpty)
        {
            byte* first = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in values[0]));
            byte* last = first + (values.Length * (long)Unsafe.SizeOf<T>()) - 1;
            for (byte* line = first; line < last; line += LineBytes)
            {
                Sse.Prefetch0(line);
            }

            Sse.Prefetch0(last);
        }
    }
}
