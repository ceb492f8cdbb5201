using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Footprint.Grid.Core.Catalog;

/// <summary>The first slots of a list that is sorted best first, three at the most: all that a decision reads of it.</summary>
internal struct LeadingSlots
{
    public const int Most = 3;
    private readonly int _count;
    private Places _places;

    public LeadingSlots(ReadOnlySpan<int> slots)
    {
        _count = Math.Min(Most, slots.Length);
        slots[.._count].CopyTo(_places);
    }

    [UnscopedRef]
    public readonly ReadOnlySpan<int> Slots => ((ReadOnlySpan<int>)_places)[.._count];

    [InlineArray(Most)]
    private struct Places
    {
        private int _first;
    }
}
