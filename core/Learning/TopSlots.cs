namespace Footprint.Grid.Core.Learning;

/// <summary>
/// The best few slots by score, the best first; of equals the lower slot first. It is kept, not made anew: as long as scores only
/// rise it is exact, and where one fell or went, <see cref="IsShort"/> says whether somebody who is not in it may belong there.
/// </summary>
/// <param name="bound">More than are asked for, so that some may go before it is short.</param>
internal sealed class TopSlots(int bound)
{
    private static readonly (float Score, int Slot) _nobody = (float.NegativeInfinity, int.MaxValue);

    private readonly int[] _slots = new int[bound];
    private readonly float[] _scores = new float[bound];
    private int _count;

    // The best that is not in it.
    private (float Score, int Slot) _outside = _nobody;

    public float Best => _count > 0 ? _scores[0] : 0;

    public bool IsEmpty => _count == 0;

    /// <summary>The first so many at the most.</summary>
    public ReadOnlySpan<int> First(int most) => _slots.AsSpan(0, Math.Min(most, _count));

    /// <summary>Whether not all of the first so many are known: it is to be made anew.</summary>
    public bool IsShort(int most) => _outside != _nobody && (_count < most || IsBefore(_outside.Score, _outside.Slot, most - 1));

    /// <summary>Begins anew: all are added again.</summary>
    public void Clear() => (_count, _outside) = (0, _nobody);

    /// <summary>Whether it would make a difference to add one that is not in it.</summary>
    public bool Matters(int slot, float score) => _count < bound || IsBeforeOutside(slot, score);

    /// <summary>A slot's score, now or again.</summary>
    public void Offer(int slot, float score)
    {
        int at = _slots.AsSpan(0, _count).IndexOf(slot);
        if (at >= 0)
        {
            if (_scores[at] == score)
            {
                return;
            }

            RemoveAt(at);
        }

        Add(slot, score);
    }

    /// <summary>The score of a slot that is not in it.</summary>
    public void Add(int slot, float score)
    {
        if (_count == bound && !IsBefore(score, slot, _count - 1))
        {
            TurnAway(slot, score);
            return;
        }

        if (_count == bound)
        {
            _count--;
            TurnAway(_slots[_count], _scores[_count]);
        }

        int at = _count++;
        for (; at > 0 && IsBefore(score, slot, at - 1); at--)
        {
            _slots[at] = _slots[at - 1];
            _scores[at] = _scores[at - 1];
        }

        _slots[at] = slot;
        _scores[at] = score;
    }

    public void Remove(int slot)
    {
        if (_slots.AsSpan(0, _count).IndexOf(slot) is var at && at >= 0)
        {
            RemoveAt(at);
        }
    }

    private void TurnAway(int slot, float score)
    {
        if (IsBeforeOutside(slot, score))
        {
            _outside = (score, slot);
        }
    }

    private void RemoveAt(int at)
    {
        _count--;
        _slots.AsSpan(at + 1, _count - at).CopyTo(_slots.AsSpan(at));
        _scores.AsSpan(at + 1, _count - at).CopyTo(_scores.AsSpan(at));
    }

    private bool IsBeforeOutside(int slot, float score) => score != _outside.Score ? score > _outside.Score : slot < _outside.Slot;

    private bool IsBefore(float score, int slot, int than) => score != _scores[than] ? score > _scores[than] : slot < _slots[than];
}
