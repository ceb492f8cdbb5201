namespace Footprint.Grid.Core.Decisions;

/// <summary>A number for each topic, dense by the topic's number, zero for all but the few that were set.</summary>
internal sealed class TopicTerms
{
    private float[] _values = new float[1];
    private int[] _set = new int[64];

    public int Count { get; private set; }

    /// <summary>By topic number; longer than the number of topics that it was cleared for.</summary>
    public float[] Values => _values;

    public ReadOnlySpan<int> Topics => _set.AsSpan(0, Count);

    public void Clear(int topics)
    {
        foreach (int topic in Topics)
        {
            _values[topic] = 0;
        }

        Count = 0;
        if (_values.Length < topics)
        {
            _values = new float[Math.Max(topics, _values.Length * 2)];
        }
    }

    public void Add(int topic, float value)
    {
        if (_values[topic] == 0)
        {
            if (Count == _set.Length)
            {
                Array.Resize(ref _set, Count * 2);
            }

            _set[Count++] = topic;
        }

        _values[topic] += value;
    }
}
