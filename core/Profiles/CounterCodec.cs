using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>Counters to stored bytes and back.</summary>
internal static class CounterCodec
{
    public static void Save(EventCounters counters, RepeatedField<StoredCounter> to)
    {
        foreach (EventCounter counter in counters.All)
        {
            to.Add(counter.Save(new StoredCounter()));
        }
    }

    public static void Load(RepeatedField<StoredCounter> from, EventCounters counters, SharedStrings strings)
    {
        foreach (StoredCounter stored in from)
        {
            stored.Type = strings.Share(stored.Type);
            counters.Put(EventCounter.Load(stored));
        }
    }
}
