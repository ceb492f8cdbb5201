namespace Footprint.Grid.Core.Learning;

/// <summary>The best few slots by score, kept sorted by insertion; of equals the lower slot first.</summary>
internal sealed class TopSlots(int bound)
{
    private readonly int[] _slots = new int[bound];
    private readonly float[] _scores = new float[bound];
    private int _count;

    public float Best => _count > 0 ? _scores[0] : 0;

    public void Offer(int slot, float score)
    {
        if (_count == bound && !IsBefore(score, slot, _count - 1))
        {
            return;
        }

        int at = _count < bound ? _count++ : _count - 1;
        for (; at > 0 && IsBefore(score, slot, at - 1); at--)
        {
            _slots[at] = _slots[at - 1];
            _scores[at] = _scores[at - 1];
        }

        _slots[at] = slot;
        _scores[at] = score;
    }

    public int[] ToArray() => _slots[.._count];

    private bool IsBefore(float score, int slot, int than) => score != _scores[than] ? score > _scores[than] : slot < _slots[than];
}
