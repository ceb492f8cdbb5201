using System.Runtime.InteropServices;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// What goes with one item: slots and strengths (above 0), the strongest first. One block of memory, the slots before the
/// strengths; the default is nothing.
/// </summary>
internal readonly struct Neighbours
{
    private readonly int[]? _block;

    /// <summary>As many strengths as slots.</summary>
    public Neighbours(ReadOnlySpan<int> slots, ReadOnlySpan<float> strengths)
    {
        _block = new int[2 * slots.Length];
        slots.CopyTo(_block);
        strengths.CopyTo(MemoryMarshal.Cast<int, float>(_block.AsSpan(slots.Length)));
    }

    /// <summary>Asks for the first so many slots and strengths.</summary>
    public void Prefetch(int most)
    {
        most = Math.Min(most, Count);
        Memory.Prefetch.Span(Slots[..most]);
        Memory.Prefetch.Span(Strengths[..most]);
    }

    public int Count => _block is null ? 0 : _block.Length / 2;

    public ReadOnlySpan<int> Slots => _block.AsSpan(0, Count);

    public ReadOnlySpan<float> Strengths => MemoryMarshal.Cast<int, float>(_block.AsSpan(Count, Count));
}
