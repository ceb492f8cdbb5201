using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>What a client was shown last, in the order of time. Past the bound the oldest goes.</summary>
internal sealed class ImpressionLog(int bound) : TimeRing<ImpressionLog.Entry>(bound)
{
    public void Add(StoredImpression.Types.Kind kind, string key, string placement, long timeMs) =>
        Add(new Entry { Kind = kind, Key = key, Placement = placement, TimeMs = timeMs });

    /// <summary>How often that was shown later than the given time.</summary>
    public int CountSince(StoredImpression.Types.Kind kind, string key, long afterMs)
    {
        int count = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            ref Entry e = ref this[i];
            if (e.TimeMs <= afterMs)
            {
                break;
            }

            if (e.Kind == kind && e.Key == key)
            {
                count++;
            }
        }

        return count;
    }

    public void Save(RepeatedField<StoredImpression> to)
    {
        to.Capacity = Count;
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref this[i];
            to.Add(new StoredImpression { Kind = e.Kind, Key = e.Key, Placement = e.Placement, TimeMs = e.TimeMs });
        }
    }

    public void Load(RepeatedField<StoredImpression> from, SharedStrings strings)
    {
        foreach (StoredImpression e in from)
        {
            Add(e.Kind, strings.Share(e.Key), strings.Share(e.Placement), e.TimeMs);
        }
    }

    internal struct Entry : ITimed
    {
        public StoredImpression.Types.Kind Kind;
        public string Key;
        public string Placement;

        public long TimeMs { get; init; }
    }
}
