namespace Footprint.Grid.Core.Learning;

/// <summary>What goes with one item: slots and strengths (0 to 1), the strongest first.</summary>
internal sealed class Neighbours(int[] slots, float[] strengths)
{
    public int[] Slots { get; } = slots;

    public float[] Strengths { get; } = strengths;
}
