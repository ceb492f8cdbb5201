using Footprint.Grid.Core.Campaigns;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// What a client was shown last, in the order of time. Past the bound what no cap counted goes first, and what is older
/// than any cap's window; then what no cap may count any more unless its window is made longer; then, when caps may count
/// them all, the oldest of whoever showed most. Of these two <see cref="Lost"/> tells. So what one recipient shows pushes
/// out no other's.
/// </summary>
internal sealed class ImpressionLog(int bound) : TimeRing<ImpressionLog.Entry>(bound), IImpressionCounter
{
    /// <summary>More than any cap allows: it is not known how often.</summary>
    public const int Unknown = int.MaxValue;

    /// <summary>Past it no cap can count an impression.</summary>
    public const long LongestWindowMs = CampaignLimits.MaxWindowSeconds * 1000;

    /// <summary>What went while a cap could count it, or could with a longer window; null mostly.</summary>
    public LostImpressions? Lost { get; set; }

    /// <summary>When the last of those was, whosever; 0 when none went.</summary>
    public long LostMs => Lost?.LastMs ?? 0;

    /// <summary>When the last was that it knows of; 0 when none was.</summary>
    public long LastMs => Count == 0 ? LostMs : Math.Max(LostMs, this[Count - 1].TimeMs);

    public void Add(StoredImpression.Types.Kind kind, string key, string placement, long timeMs) =>
        Add(new Entry { Kind = kind, Key = key, Recipient = "", Placement = placement, TimeMs = timeMs });

    public void Add(StoredImpression e) => Add(new Entry
    {
        Kind = e.Kind,
        Key = e.Key,
        Recipient = e.Recipient,
        Placement = e.Placement,
        TimeMs = e.TimeMs,
        UntilMs = e.UntilMs,
        Topics = e.Topics.Count == 0 ? null : [.. e.Topics],
    });

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

    /// <summary>
    /// How often that was shown later than the given time; <see cref="Unknown"/> when impressions since then were lost. Of a
    /// line item what that recipient showed, and what is not known to be another's.
    /// </summary>
    int IImpressionCounter.Count(StoredImpression.Types.Kind kind, string key, string recipient, long sinceMs)
    {
        bool isOwned = kind == StoredImpression.Types.Kind.LineItem;
        if (Lost?.Of(isOwned ? recipient : Recipients.Self) > sinceMs)
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

            if (e.Kind == kind && e.Key == key && (!isOwned || e.Recipient.Length == 0 || e.Recipient == recipient))
            {
                count++;
            }
        }

        return count;
    }

    public void Merge(ImpressionLog other)
    {
        if (other.Lost is { } lost)
        {
            (Lost ??= new LostImpressions()).Merge(lost);
        }

        base.Merge(other);
    }

    public void Save(RepeatedField<StoredImpression> to)
    {
        to.Capacity = Count;
        for (int i = 0; i < Count; i++)
        {
            ref Entry e = ref this[i];
            var stored = new StoredImpression { Kind = e.Kind, Key = e.Key, Recipient = e.Recipient, Placement = e.Placement, TimeMs = e.TimeMs, UntilMs = e.UntilMs };
            stored.Topics.AddRange(e.Topics ?? []);
            to.Add(stored);
        }
    }

    public void Load(IEnumerable<StoredImpression> from, SharedStrings strings)
    {
        foreach (StoredImpression e in from)
        {
            (e.Key, e.Recipient, e.Placement) = (strings.Share(e.Key), strings.Share(e.Recipient), strings.Share(e.Placement));
            Add(e);
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

        int gone = past < 0 ? OldestOfForemost(next) : past;
        bool isNext = gone < 0 || (past < 0 && next.Owner == this[gone].Owner && next.TimeMs < this[gone].TimeMs);
        ref readonly Entry lost = ref isNext ? ref next : ref this[gone];
        (Lost ??= new LostImpressions()).Add(lost.Owner, lost.TimeMs);
        if (!isNext)
        {
            RemoveAt(gone);
        }

        return !isNext;
    }

    // The oldest of whoever showed most; of several whose oldest came first. -1 when that is the next one alone.
    private int OldestOfForemost(in Entry next)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { [next.Owner] = 1 };
        for (int i = 0; i < Count; i++)
        {
            counts[this[i].Owner] = counts.GetValueOrDefault(this[i].Owner) + 1;
        }

        int most = counts.Values.Max();
        for (int i = 0; i < Count; i++)
        {
            if (counts[this[i].Owner] == most)
            {
                return i;
            }
        }

        return -1;
    }

    internal struct Entry : ITimed
    {
        public StoredImpression.Types.Kind Kind;
        public string Key;

        /// <summary>Of a line item: whose it was; empty where no version said it, and for all else.</summary>
        public string Recipient;
        public string Placement;

        /// <summary>As long some cap may count it; 0 when none does.</summary>
        public long UntilMs;

        /// <summary>Hashes of the topics that the item had; null where that was not kept.</summary>
        public uint[]? Topics;

        public long TimeMs { get; init; }

        /// <summary>Whose caps count it; empty for anybody's.</summary>
        public readonly string Owner => Kind == StoredImpression.Types.Kind.LineItem ? Recipient : Recipients.Self;
    }
}
