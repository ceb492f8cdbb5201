namespace Footprint.Grid.Api.Limits;

/// <summary>So many at once and no more.</summary>
internal sealed class Slots(int size)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= size)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    public void Give() => Interlocked.Decrement(ref _taken);
}
