using System.Runtime.InteropServices;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// What goes with one item: slots and strengths (0 to 1), the strongest first. One block of memory, the slots before the
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

    /// <summary>Asks for all of it.</summary>
    public void Prefetch() => Memory.Prefetch.Span<int>(_block);

    public int Count => _block is null ? 0 : _block.Length / 2;

    public ReadOnlySpan<int> Slots => _block.AsSpan(0, Count);

    public ReadOnlySpan<float> Strengths => MemoryMarshal.Cast<int, float>(_block.AsSpan(Count, Count));
}
