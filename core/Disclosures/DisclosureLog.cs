using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Disclosures;

/// <summary>
/// Who got what of a client: one row for each UTC day, recipient, purpose and kind of answer. Past the bound
/// (<see cref="ProfileLimits.Disclosures"/>) the first row in that order is counted in its recipient's row for earlier days,
/// so that no answer is ever lost from the record. Which rows are left does not depend on the order in which they came.
/// </summary>
internal sealed class DisclosureLog
{
    public const long DayMs = 24 * 60 * 60 * 1000;

    // Most clients have none, and share the empty arrays.
    private StoredDisclosure[] _days = [];
    private StoredDisclosure[] _earlier = [];

    public bool IsEmpty => _days.Length == 0 && _earlier.Length == 0;

    /// <summary>The newest day first, the rows for earlier days last.</summary>
    public IEnumerable<StoredDisclosure> All => _days.Reverse().Concat(_earlier);

    /// <summary>The day's number, counted from the epoch.</summary>
    public static uint Day(long ms) => (uint)(Math.Max(ms, DayMs) / DayMs);

    /// <summary>When the day of a row was over; of a row for earlier days the last of them.</summary>
    public static long EndMs(StoredDisclosure row) => ((row.Day == 0 ? Day(row.LastMs) : row.Day) + 1) * DayMs;

    /// <summary>The row itself, not a copy; null when there is none.</summary>
    public StoredDisclosure? Find(uint day, string recipient, string purpose, Disclosure.Types.Kind kind)
    {
        for (int i = _days.Length - 1; i >= 0 && _days[i].Day >= day; i--)
        {
            StoredDisclosure row = _days[i];
            if (row.Day == day && row.Kind == kind && row.Recipient == recipient && row.Purpose == purpose)
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>Whether one more recipient can be named, or this one is already.</summary>
    public bool HasRoomFor(string recipient) => HasRoomFor([recipient]);

    /// <summary>Whether all recipients of both can be named.</summary>
    public bool HasRoomFor(DisclosureLog other) => HasRoomFor(other.All.Select(row => row.Recipient));

    /// <summary>The row as it is from then on; what was counted here already counts once.</summary>
    public void Put(StoredDisclosure row)
    {
        if (Find(row.Day, row.Recipient, row.Purpose, row.Kind) is { } found)
        {
            Join(found, row, Math.Max(found.Count, row.Count));
        }
        else
        {
            Add(row.Clone());
        }
    }

    /// <summary>Two clients become one: what left of either left of both.</summary>
    public void Merge(DisclosureLog other)
    {
        foreach (StoredDisclosure row in other.All)
        {
            Add(row.Clone());
        }
    }

    public void Save(RepeatedField<StoredDisclosure> to)
    {
        foreach (StoredDisclosure row in _earlier)
        {
            to.Add(row.Clone());
        }

        foreach (StoredDisclosure row in _days)
        {
            to.Add(row.Clone());
        }
    }

    /// <summary>Takes the rows over.</summary>
    public void Load(RepeatedField<StoredDisclosure> from, SharedStrings strings)
    {
        foreach (StoredDisclosure row in from)
        {
            row.Recipient = strings.Share(row.Recipient);
            row.Purpose = strings.Share(row.Purpose);
            Add(row);
        }
    }

    private bool HasRoomFor(IEnumerable<string> more)
    {
        var named = new HashSet<string>(All.Select(row => row.Recipient), StringComparer.Ordinal);
        named.UnionWith(more);
        return named.Count <= ProfileLimits.Recipients;
    }

    private void Add(StoredDisclosure row)
    {
        if (row.Day == 0)
        {
            Insert(ref _earlier, row);
            return;
        }

        Insert(ref _days, row);
        if (_days.Length > ProfileLimits.Disclosures)
        {
            StoredDisclosure first = _days[0];
            _days = _days[1..];
            (first.Day, first.Purpose, first.Kind) = (0, "", Disclosure.Types.Kind.Unspecified);
            Insert(ref _earlier, first);
        }
    }

    private static void Insert(ref StoredDisclosure[] rows, StoredDisclosure row)
    {
        int at = rows.Length;
        while (at > 0 && Compare(row, rows[at - 1]) < 0)
        {
            at--;
        }

        if (at > 0 && Compare(row, rows[at - 1]) == 0)
        {
            Join(rows[at - 1], row, rows[at - 1].Count + row.Count);
        }
        else
        {
            rows = [.. rows.AsSpan(0, at), row, .. rows.AsSpan(at)];
        }
    }

    private static void Join(StoredDisclosure to, StoredDisclosure row, ulong count)
    {
        to.Count = count;
        to.Categories |= row.Categories;
        to.FirstMs = Math.Min(to.FirstMs, row.FirstMs);
        to.LastMs = Math.Max(to.LastMs, row.LastMs);
    }

    private static int Compare(StoredDisclosure a, StoredDisclosure b)
    {
        int order = a.Day.CompareTo(b.Day);
        order = order != 0 ? order : string.CompareOrdinal(a.Recipient, b.Recipient);
        order = order != 0 ? order : string.CompareOrdinal(a.Purpose, b.Purpose);
        return order != 0 ? order : a.Kind.CompareTo(b.Kind);
    }
}
