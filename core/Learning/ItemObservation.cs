namespace Footprint.Grid.Core.Learning;

/// <summary>One event with an item, as shared knowledge sees it: no client, no id.</summary>
public readonly ref struct ItemObservation
{
    /// <exception cref="ArgumentException">There are times, and not as many as previous items.</exception>
    public ItemObservation(string itemId, long timeMs, float weight, ReadOnlySpan<string> previous, ReadOnlySpan<long> previousMs = default)
    {
        if (previousMs.Length != 0 && previousMs.Length != previous.Length)
        {
            throw new ArgumentException($"{previousMs.Length} times for {previous.Length} previous items.", nameof(previousMs));
        }

        ItemId = itemId;
        TimeMs = timeMs;
        Weight = weight;
        Previous = previous;
        PreviousMs = previousMs;
    }

    /// <summary>The item of the event.</summary>
    public string ItemId { get; }

    /// <summary>When it happened, in milliseconds since the epoch.</summary>
    public long TimeMs { get; }

    /// <summary>Evidence of the event type; more than 0.</summary>
    public float Weight { get; }

    /// <summary>Items that the same client had to do with before, each once, the latest first; fifteen at the most.</summary>
    public ReadOnlySpan<string> Previous { get; }

    /// <summary>When those acts were, in milliseconds since the epoch; empty where only their order is known.</summary>
    public ReadOnlySpan<long> PreviousMs { get; }
}
