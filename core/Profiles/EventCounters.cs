using Footprint.Grid.Core.Consent;

namespace Footprint.Grid.Core.Profiles;

/// <summary>One counter for each type of event, in the order of the types' names. Past the bound the rarest goes.</summary>
internal sealed class EventCounters
{
    private readonly List<EventCounter> _counters = new(2);

    public IReadOnlyList<EventCounter> All => _counters;

    public EventCounter? Find(string type)
    {
        int at = Search(type);
        return at >= 0 ? _counters[at] : null;
    }

    /// <summary>Counts an event and gives back the one string that this profile keeps for its type.</summary>
    public string Add(string type, long timeMs, DataCategories categories)
    {
        int at = Search(type);
        if (at < 0)
        {
            at = ~at;
            _counters.Insert(at, new EventCounter(type));
        }

        EventCounter counter = _counters[at];
        counter.Add(timeMs, categories);
        Evict();
        return counter.Type;
    }

    /// <summary>Leaves out what counts events of a category.</summary>
    public void Forget(DataCategories categories) => _counters.RemoveAll(c => (c.Categories & categories) != 0);

    public void Merge(EventCounters other)
    {
        foreach (EventCounter theirs in other._counters)
        {
            Put(theirs);
        }
    }

    public void Put(EventCounter counter)
    {
        int at = Search(counter.Type);
        if (at >= 0)
        {
            _counters[at].Merge(counter);
            return;
        }

        _counters.Insert(~at, counter);
        Evict();
    }

    private int Search(string type)
    {
        int low = 0;
        int high = _counters.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int order = string.CompareOrdinal(_counters[middle].Type, type);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private void Evict()
    {
        if (_counters.Count <= ProfileLimits.EventTypes)
        {
            return;
        }

        int rarest = 0;
        for (int i = 1; i < _counters.Count; i++)
        {
            if (_counters[i].Total < _counters[rarest].Total)
            {
                rarest = i;
            }
        }

        _counters.RemoveAt(rarest);
    }
}
