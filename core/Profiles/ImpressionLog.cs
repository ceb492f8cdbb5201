using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What a client was shown last, in the order of time. Past the bound what no cap counted goes first, and what is older
/// than any cap's window; then what no cap may count any more unless its window is made longer, then what one may count
/// still, each the oldest first; of these two <see cref="LostMs"/> tells.
/// </summary>
internal sealed class ImpressionLog(int bound) : TimeRing<ImpressionLog.Entry>(bound), IImpressionCounter
{
    /// <summary>More than any cap allows: it is not known how often.</summary>
    public const int Unknown = int.MaxValue;

    private const long LongestWindowMs = CampaignLimits.MaxWindowSeconds * 1000;

    /// <summary>The time of the last impression that went while a cap could count it, or could with a longer window; 0 when none did.</summary>
    public long LostMs { get; private set; }

    /// <summary>When the last was that it knows of; 0 when none was.</summary>
    public long LastMs => Count == 0 ? LostMs : Math.Max(LostMs, this[Count - 1].TimeMs);

    public void Add(StoredImpression.Types.Kind kind, string key, string placement, long timeMs, long untilMs = 0, uint[]? topics = null) =>
        Add(new Entry { Kind = kind, Key = key, Placement = placement, TimeMs = timeMs, UntilMs = untilMs, Topics = topics });

    public void Add(StoredImpression e, string key, string placement) =>
        Add(e.Kind, key, placement, e.TimeMs, e.UntilMs, e.Topics.Count == 0 ? null : [.. e.Topics]);

    public override void Add(in Entry entry)
    {
        if (Count < Bound || HasRoomFor(entry))
        {
            base.Add(entry);
        }
    }

    /// <summary>Whether a cap may count any of it, or what is missing.</summary>
    public bool IsCountable(long nowMs)
    {
        bool isCountable = LostMs > nowMs - LongestWindowMs;
        for (int i = 0; i < Count && !isCountable; i++)
        {
            isCountable = this[i].UntilMs > nowMs;
        }

        return isCountable;
    }

    /// <summary>Whether it is not known how often anything was shown later than the given time.</summary>
    public bool IsUnknownSince(long sinceMs) => LostMs > sinceMs;

    /// <summary>How often that was shown later than the given time; <see cref="Unknown"/> when impressions since then were lost.</summary>
    int IImpressionCounter.Count(StoredImpression.Types.Kind kind, string key, long sinceMs)
    {
        if (IsUnknownSince(sinceMs))
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
            var stored = new StoredImpression { Kind = e.Kind, Key = e.Key, Placement = e.Placement, TimeMs = e.TimeMs, UntilMs = e.UntilMs };
            stored.Topics.AddRange(e.Topics ?? []);
            to.Add(stored);
        }
    }

    public void Load(IEnumerable<StoredImpression> from, SharedStrings strings, long lostMs = 0)
    {
        LostMs = Math.Max(LostMs, lostMs);
        foreach (StoredImpression e in from)
        {
            Add(e, strings.Share(e.Key), strings.Share(e.Placement));
        }
    }

    // Makes room, unless the next one itself is what matters least.
    private bool HasRoomFor(in Entry next)
    {
        int past = -1;
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref this[i];
            if (e.UntilMs == 0 || e.TimeMs <= next.TimeMs - LongestWindowMs)
            {
                RemoveAt(i);
                return true;
            }

            past = past < 0 && e.UntilMs <= next.TimeMs ? i : past;
        }

        if (next.UntilMs == 0)
        {
            return false;
        }

        int gone = Math.Max(past, 0);
        bool isOlder = past < 0 && next.TimeMs < this[0].TimeMs;
        LostMs = Math.Max(LostMs, isOlder ? next.TimeMs : this[gone].TimeMs);
        if (!isOlder)
        {
            RemoveAt(gone);
        }

        return !isOlder;
    }

    internal struct Entry : ITimed
    {
        public StoredImpression.Types.Kind Kind;
        public string Key;
        public string Placement;

        /// <summary>As long some cap may count it; 0 when none does.</summary>
        public long UntilMs;

        /// <summary>Hashes of the topics that the item had; null where that was not kept.</summary>
        public uint[]? Topics;

        public long TimeMs { get; init; }
    }
}
