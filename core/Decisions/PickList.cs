namespace Footprint.Grid.Core.Decisions;

/// <summary>
/// The picks of one decision with their reasons, as numbers in two arrays: <see cref="PickMessages"/> makes messages of them,
/// <see cref="PickBytes"/> the bytes of these messages.
/// </summary>
internal sealed class PickList
{
    private readonly Pick[] _picks = new Pick[Clients.RequestValidator.MaxPicks];
    private Reason[] _reasons = new Reason[256];
    private int _reasonCount;

    public int Count { get; private set; }

    public ref readonly Pick this[int i] => ref _picks[i];

    public ReadOnlySpan<Reason> ReasonsOf(in Pick pick) => _reasons.AsSpan(pick.FirstReason, pick.ReasonCount);

    public void Clear()
    {
        Count = 0;
        _reasonCount = 0;
    }

    /// <summary>One more pick, for so many reasons, which are in their room.</summary>
    public void Add(int slot, double score, int reasons)
    {
        _picks[Count++] = new Pick(slot, score, _reasonCount, reasons);
        _reasonCount += reasons;
    }

    /// <summary>Where the next pick's reasons go, of which there are so many at the most.</summary>
    public Span<Reason> Room(int most)
    {
        if (_reasonCount + most > _reasons.Length)
        {
            Array.Resize(ref _reasons, Math.Max(_reasonCount + most, 2 * _reasons.Length));
        }

        return _reasons.AsSpan(_reasonCount, most);
    }

    /// <summary>Changes a pick with the one before it.</summary>
    public void Swap(int at) => (_picks[at - 1], _picks[at]) = (_picks[at], _picks[at - 1]);

    /// <param name="Slot">Of the item.</param>
    /// <param name="Score">The sum of its reasons.</param>
    /// <param name="FirstReason">Where its reasons begin.</param>
    /// <param name="ReasonCount">How many they are.</param>
    internal readonly record struct Pick(int Slot, double Score, int FirstReason, int ReasonCount);

    /// <param name="Kind">Of the term.</param>
    /// <param name="Key">Number of the topic or slot of the item that it is about, as the kind says; below 0 for none.</param>
    /// <param name="Contribution">To the score.</param>
    internal readonly record struct Reason(V1.Reason.Types.Kind Kind, int Key, double Contribution);
}
