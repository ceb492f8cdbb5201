using Footprint.Grid.Core.Consent;
using Footprint.Grid.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// When, how often and by what there was evidence of an interest: one row each, one cell for each set of data categories, so
/// that acts which may not be kept leave nothing in what the others left, and nothing of what may be used is judged by them.
/// </summary>
internal sealed partial class InterestTable
{
    // Replaced when a set comes or goes.
    private DataCategories[] _kinds = [];
    private Seen[] _seen = [];

    /// <summary>The sets of categories that evidence was of.</summary>
    public ReadOnlySpan<DataCategories> Kinds => _kinds;

    /// <summary>What evidence of one set of categories left.</summary>
    public ref readonly Seen SeenBy(int i, int kind) => ref _seen[(i * _kinds.Length) + kind];

    /// <summary>All of it together: counts added up, the rest of the last. Of a rejected interest, when it was rejected.</summary>
    public Seen Whole(int i)
    {
        Seen whole = default;
        for (int k = 0; k < _kinds.Length; k++)
        {
            Take(ref whole, SeenBy(i, k));
        }

        whole.LastMs = whole.IsThere ? whole.LastMs : _entries[i].RejectedMs;
        whole.Source ??= "";
        return whole;
    }

    /// <summary>When there was evidence of any last; 0 for never.</summary>
    public long LastMs
    {
        get
        {
            long last = 0;
            foreach (ref readonly Seen seen in _seen.AsSpan(0, Count * _kinds.Length))
            {
                last = Math.Max(last, seen.LastMs);
            }

            return last;
        }
    }

    /// <summary>When there was evidence last that may be used; 0 for never.</summary>
    private long LastMsOf(int i, DataCategories kind) => Array.IndexOf(_kinds, kind) is >= 0 and var k ? SeenBy(i, k).LastMs : 0;

    private bool IsSeen(int i)
    {
        for (int k = 0; k < _kinds.Length; k++)
        {
            if (SeenBy(i, k).IsThere)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds to what evidence of these categories left.</summary>
    public void See(int i, DataCategories kind, in Seen seen)
    {
        if (seen.IsThere)
        {
            int k = KindOf(kind);
            Take(ref _seen[(i * _kinds.Length) + k], seen);
            _latestMs = Math.Max(_latestMs, seen.LastMs);
        }
    }

    /// <summary>All categories that there is evidence of; of none, as where evidence of both signs cancelled, any.</summary>
    public DataCategories CategoriesOf(int i)
    {
        DataCategories found = DataCategories.None;
        for (int c = 0; c < _width; c++)
        {
            found |= Evidence(i, c) != 0 && !_columns.IsConfirmation(c) ? _columns.Categories(c) : DataCategories.None;
        }

        return found == DataCategories.None && _entries[i].Trust != Trust.Probed ? DataCategories.Evidence : found;
    }

    /// <summary>
    /// What a version told that did not tell the sets apart goes with any of them. So that what is left then has a time, each set
    /// of which there is evidence gets one of its own, which is the last of all.
    /// </summary>
    public void SeeBySet(int i, DataCategories together, long lastMs)
    {
        for (int c = 0; c < _width; c++)
        {
            if (Evidence(i, c) != 0 && !_columns.IsConfirmation(c) && _columns.Categories(c) != together)
            {
                See(i, _columns.Categories(c), new Seen { LastMs = lastMs, Source = "" });
            }
        }
    }

    private void See(int i, int kind, long timeMs, in ActOrigin origin, bool isActive)
    {
        ref Seen cell = ref _seen[(i * _kinds.Length) + kind];
        if (!cell.IsThere || timeMs > cell.LastMs || (timeMs == cell.LastMs && IsGreater(origin.Source, origin.Channel, origin.IsImported, cell)))
        {
            (cell.Source, cell.Channel, cell.IsImported) = (origin.Source, origin.Channel, origin.IsImported);
        }

        cell.LastMs = Math.Max(cell.LastMs, timeMs);
        cell.ActiveCount += isActive ? 1u : 0;
        cell.PassiveCount += isActive ? 0 : 1u;
        _latestMs = Math.Max(_latestMs, timeMs);
    }

    // In order, so that when a set came does not show.
    private int KindOf(DataCategories kind)
    {
        int at = Array.BinarySearch(_kinds, kind);
        if (at >= 0)
        {
            return at;
        }

        at = ~at;
        int width = _kinds.Length;
        var wider = new Seen[_entries.Length * (width + 1)];
        for (int i = 0; i < Count; i++)
        {
            Array.Copy(_seen, i * width, wider, i * (width + 1), at);
            Array.Copy(_seen, (i * width) + at, wider, (i * (width + 1)) + at + 1, width - at);
        }

        (_seen, _kinds) = (wider, [.. _kinds.AsSpan(0, at), kind, .. _kinds.AsSpan(at)]);
        return at;
    }

    private void ClearSeen(int i) => _seen.AsSpan(i * _kinds.Length, _kinds.Length).Clear();

    // Of two at the same time the greater one, so that the order of arrival has no say.
    private static void Take(ref Seen into, in Seen other)
    {
        if (!other.IsThere)
        {
            return;
        }

        (uint passive, uint active) = (into.PassiveCount + other.PassiveCount, into.ActiveCount + other.ActiveCount);
        into = !into.IsThere || other.LastMs > into.LastMs
            || (other.LastMs == into.LastMs && IsGreater(other.Source!, other.Channel, other.IsImported, into)) ? other : into;
        (into.PassiveCount, into.ActiveCount) = (passive, active);
    }

    private static bool IsGreater(string source, FootprintEvent.Types.Channel channel, bool isImported, in Seen cell)
    {
        int order = string.CompareOrdinal(source, cell.Source);
        order = order != 0 ? order : ((int)channel).CompareTo((int)cell.Channel);
        return order > 0 || (order == 0 && isImported);
    }

    /// <summary>What there was of evidence of one interest and one set of categories.</summary>
    internal struct Seen
    {
        public long LastMs;
        public uint PassiveCount;
        public uint ActiveCount;

        /// <summary>Of the last evidence; null where there was none.</summary>
        public string? Source;
        public FootprintEvent.Types.Channel Channel;
        public bool IsImported;

        public readonly bool IsThere => Source is not null;
    }
}
