namespace Footprint.Grid.Core.Learning;

/// <summary>One event with an item, as shared knowledge sees it: no client, no id.</summary>
public readonly ref struct ItemObservation
{
    public ItemObservation(string itemId, long timeMs, float weight, ReadOnlySpan<string> previous, ReadOnlySpan<long> previousTimesMs)
    {
        ItemId = itemId;
        TimeMs = timeMs;
        Weight = weight;
        Previous = previous;
        PreviousTimesMs = previousTimesMs;
    }

    public string ItemId { get; }

    public long TimeMs { get; }

    public float Weight { get; }

    public ReadOnlySpan<string> Previous { get; }

    public ReadOnlySpan<long> PreviousTimesMs { get; }
}
