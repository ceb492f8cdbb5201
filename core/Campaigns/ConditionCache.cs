using System.Collections.Concurrent;
using Footprint.Grid.Core.Conditions;
using Footprint.Grid.Engine;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Campaigns;

/// <summary>
/// Compiled conditions by their content, so that an ad server that repeats its line items pays for each once. Two
/// generations: what is asked for moves to the young one, and when that is full the old one is dropped. Safe from any thread.
/// </summary>
internal sealed class ConditionCache
{
    /// <summary>Encoded size past which a condition is compiled each time, so that the cache stays within a few megabytes.</summary>
    private const int MaxBytes = 4_096;

    private readonly Lock _turning = new();
    private readonly int _capacity;
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <param name="capacity">Conditions in one generation; twice as many are kept at most, give or take a race.</param>
    public ConditionCache(int capacity) => _capacity = capacity;

    /// <summary>Serves every tenant: what a condition compiles into depends on nothing but itself.</summary>
    public static ConditionCache Shared { get; } = new(512);

    public int Count => _young.Conditions.Count + _old.Conditions.Count;

    /// <summary>The compiled condition; null when it has faults.</summary>
    public Condition? Find(Struct source)
    {
        if (_young.Conditions.TryGetValue(source, out Condition? condition))
        {
            return condition;
        }

        if (!_old.Conditions.TryGetValue(source, out condition))
        {
            var faults = new List<Fault>();
            condition = Condition.Compile(source, faults);
            if (faults.Count > 0)
            {
                return null;
            }
        }

        if (source.CalculateSize() <= MaxBytes)
        {
            Add(source.Clone(), condition);
        }

        return condition;
    }

    private void Add(Struct source, Condition condition)
    {
        Generation young = _young;
        if (!young.Conditions.TryAdd(source, condition) || Interlocked.Increment(ref young.Added) < _capacity)
        {
            return;
        }

        lock (_turning)
        {
            if (_young == young)
            {
                _old = young;
                _young = new Generation();
            }
        }
    }

    private sealed class Generation
    {
        public int Added;

        public ConcurrentDictionary<Struct, Condition> Conditions { get; } = new();
    }
}
