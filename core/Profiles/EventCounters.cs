using Footprint.Grid.Core.Consent;

namespace Footprint.Grid.Core.Profiles;

/// <summary>One counter for each type of event, in the order of the types' names. Past the bound the rarest goes.</summary>
internal sealed class EventCounters
{
    /// <summary>Of more types than these it is not known beforehand which one an event counts for.</summary>
    private const int FewTypes = 4;

    // Replaced when a type comes or goes, which is seldom.
    private EventCounter[] _counters = [];

    public IReadOnlyList<EventCounter> All => _counters;

    /// <summary>Asks for what counting an event reads, in three steps; see <see cref="ClientProfile.PrefetchTurn"/>.</summary>
    public void PrefetchTurn(int step)
    {
        EventCounter[] counters = _counters;
        if (step == 0)
        {
            Memory.Prefetch.Object(counters);
        }
        else if (counters.Length <= FewTypes)
        {
            foreach (EventCounter counter in counters)
            {
                if (step == 1)
                {
                    Memory.Prefetch.Object(counter);
                }
                else
                {
                    counter.Prefetch();
                }
            }
        }
    }

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
            Insert(at, new EventCounter(type));
        }

        EventCounter counter = _counters[at];
        counter.Add(timeMs, categories);
        Evict();
        return counter.Type;
    }

    /// <summary>Leaves out what counts events of a category.</summary>
    public void Forget(DataCategories categories) => _counters = Array.FindAll(_counters, c => (c.Categories & categories) == 0);

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

        Insert(~at, counter);
        Evict();
    }

    private void Insert(int at, EventCounter counter) => _counters = [.. _counters.AsSpan(0, at), counter, .. _counters.AsSpan(at)];

    private int Search(string type)
    {
        int low = 0;
        int high = _counters.Length - 1;
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
        if (_counters.Length <= ProfileLimits.EventTypes)
        {
            return;
        }

        int rarest = 0;
        for (int i = 1; i < _counters.Length; i++)
        {
            if (_counters[i].Total < _counters[rarest].Total)
            {
                rarest = i;
            }
        }

        _counters = [.. _counters.AsSpan(0, rarest), .. _counters.AsSpan(rarest + 1)];
    }
}
