using System.Runtime.CompilerServices;

namespace Footprint.Grid.Core.Learning;

/// <summary>
/// Observations on their way to the learner, each as its act and the pairs that it makes. An act of weight w, a time t after
/// the k-th act before it, counts <code>w / √k · 2^(-t/h)    h = 30 days</code> and <c>1 - 1/(2k) · t / (t + 10 s)</c> of that the other
/// way round: of two acts next to each other the order tells something, of those far apart it does not, nor of those at one
/// moment, as of what was bought together. Both damps are for the same reason, that
/// what lies between two acts makes it less likely that one led to the other; acts are counted because they come in sittings,
/// time because interests change. The form is that of evidence anywhere here (<see cref="ForwardDecay"/>).
/// </summary>
internal sealed class ObservationBuffer
{
    public const int MaxPrevious = 15;

    /// <summary>The time between two acts after which they say half as much of each other.</summary>
    public static readonly TimeSpan GapHalfLife = TimeSpan.FromDays(30);

    // The time between two acts whose order tells half of what it can.
    private const float MomentMs = 10_000;

    private readonly ShardedBuffer<Entry> _entries = new(1 << 18, entry => entry.TimeMs);

    /// <inheritdoc cref="ShardedBuffer{T}.Dropped"/>
    public long Dropped => _entries.Dropped;

    public void Add(in ItemObservation observation)
    {
        int pairs = Math.Min(observation.Previous.Length, MaxPrevious);
        Entries entries;
        Unsafe.SkipInit(out entries);
        entries[0] = new Entry(observation.ItemId, null, observation.TimeMs, observation.Weight, 0);
        for (int i = 0; i < pairs; i++)
        {
            (float near, float ordered) = Gap(observation, i);
            float weight = observation.Weight * near / MathF.Sqrt(1 + i);
            entries[1 + i] = new Entry(observation.ItemId, observation.Previous[i], observation.TimeMs, weight, weight * (1 - (ordered * 0.5f / (1 + i))));
        }

        // By time, too, so that the acts with one item need not share a lock.
        int hash = observation.ItemId[^1] + (int)((ulong)observation.TimeMs * 0x9E3779B97F4A7C15 >> 40);
        _entries.Add(hash, ((ReadOnlySpan<Entry>)entries)[..(1 + pairs)], observations: 1);
    }

    // What the time between two acts leaves of what they say of each other, and of what their order says. One that was
    // told late came after what is before it in the list by its arrival alone.
    private static (float Near, float Ordered) Gap(in ItemObservation observation, int previous)
    {
        if (observation.PreviousMs.IsEmpty)
        {
            return (1, 1);
        }

        float gapMs = Math.Max(0, observation.TimeMs - observation.PreviousMs[previous]);
        return (float.Exp2(-gapMs / (float)GapHalfLife.TotalMilliseconds), gapMs / (gapMs + MomentMs));
    }

    /// <inheritdoc cref="ShardedBuffer{T}.Drain"/>
    public void Drain(Action<Entry> take) => _entries.Drain(take);

    /// <summary>
    /// An act with an item; or, with <paramref name="Previous"/>, an act with an item after one with another, and its weight
    /// for the other way round.
    /// </summary>
    internal readonly record struct Entry(string ItemId, string? Previous, long TimeMs, float Weight, float Backwards);

    [InlineArray(1 + MaxPrevious)]
    private struct Entries
    {
        private Entry _first;
    }
}
