using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Decisions;

/// <summary>Messages of answers given before, so that the next answer need not make new ones. Bounded.</summary>
internal sealed class SpareMessages
{
    private const int Most = 4096;
    private readonly Stack<Pick> _picks = new();
    private readonly Stack<Reason> _reasons = new();

    public void Resize(RepeatedField<Pick> picks, int count)
    {
        while (picks.Count > count)
        {
            Pick spare = picks[^1];
            picks.RemoveAt(picks.Count - 1);
            if (_picks.Count < Most)
            {
                _picks.Push(spare);
            }
        }

        while (picks.Count < count)
        {
            picks.Add(_picks.TryPop(out Pick? spare) ? spare : new Pick());
        }
    }

    /// <summary>The reason at that place, of the pick's own or a spare one.</summary>
    public Reason At(RepeatedField<Reason> reasons, int at)
    {
        if (at == reasons.Count)
        {
            reasons.Add(_reasons.TryPop(out Reason? spare) ? spare : new Reason());
        }

        return reasons[at];
    }

    public void Cut(RepeatedField<Reason> reasons, int count)
    {
        while (reasons.Count > count)
        {
            if (_reasons.Count < Most)
            {
                _reasons.Push(reasons[^1]);
            }

            reasons.RemoveAt(reasons.Count - 1);
        }
    }
}
