using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What a client was shown last, in the order of time. Past the bound the oldest goes that no cap may count any more; when
/// caps may count them all, the oldest, and <see cref="LostMs"/> says so.
/// </summary>
internal sealed class ImpressionLog(int bound) : TimeRing<ImpressionLog.Entry>(bound), IImpressionCounter
{
    /// <summary>More than any cap allows: it is not known how often.</summary>
    public const int Unknown = int.MaxValue;

    /// <summary>The time of the last impression that went while a cap could count it; 0 when none did.</summary>
    public long LostMs { get; private set; }

    /// <summary>When the last was; 0 when none was.</summary>
    public long LastMs => Count == 0 ? 0 : this[Count - 1].TimeMs;

    public void Add(StoredImpression.Types.Kind kind, string key, string placement, long timeMs, long untilMs = 0) =>
        Add(new Entry { Kind = kind, Key = key, Placement = placement, TimeMs = timeMs, UntilMs = untilMs });

    public override void Add(in Entry entry)
    {
        if (Count == Bound)
        {
            MakeRoom(entry);
        }

        base.Add(entry);
    }

    /// <summary>How often that was shown later than the given time; <see cref="Unknown"/> when impressions since then were lost.</summary>
    int IImpressionCounter.Count(StoredImpression.Types.Kind kind, string key, long sinceMs)
    {
        if (LostMs > sinceMs)
        {
            return Unknown;
        }

        int count = 0;
        for (int i = Count - 1; i >= 0; i--)
        {
            ref Entry e = ref this[i];
            if (e.TimeMs <= sinceMs)
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

    public void Merge(ImpressionLog other)
    {
        LostMs = Math.Max(LostMs, other.LostMs);
        base.Merge(other);
    }

    public void Save(RepeatedField<StoredImpression> to)
    {
        to.Capacity = Count;
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref this[i];
            to.Add(new StoredImpression { Kind = e.Kind, Key = e.Key, Placement = e.Placement, TimeMs = e.TimeMs, UntilMs = e.UntilMs });
        }
    }

    public void Load(IEnumerable<StoredImpression> from, SharedStrings strings, long lostMs = 0)
    {
        LostMs = lostMs;
        foreach (StoredImpression e in from)
        {
            Add(e.Kind, strings.Share(e.Key), strings.Share(e.Placement), e.TimeMs, e.UntilMs);
        }
    }

    private void MakeRoom(in Entry next)
    {
        for (int i = 0; i < Count; i++)
        {
            if (this[i].UntilMs <= next.TimeMs)
            {
                RemoveAt(i);
                return;
            }
        }

        LostMs = Math.Max(LostMs, Math.Min(this[0].TimeMs, next.TimeMs));
    }

    internal struct Entry : ITimed
    {
        public StoredImpression.Types.Kind Kind;
        public string Key;
        public string Placement;

        /// <summary>As long some cap may count it; 0 when none does.</summary>
        public long UntilMs;

        public long TimeMs { get; init; }
    }
}
