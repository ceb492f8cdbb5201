using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// When a client was first and last seen by acts of each set of data categories, so that those which may not be kept leave
/// nothing in what the others tell.
/// </summary>
internal sealed class SeenLog
{
    // Replaced when a set comes or goes; a client's acts are of one or two mostly.
    private Row[] _rows = [];

    /// <summary>Of all acts; 0 when there were none.</summary>
    public long FirstMs { get; private set; }

    /// <inheritdoc cref="FirstMs"/>
    public long LastMs { get; private set; }

    public void Add(DataCategories categories, long firstMs, long lastMs)
    {
        int at = _rows.Length - 1;
        while (at >= 0 && _rows[at].Categories != categories)
        {
            at--;
        }

        if (at < 0)
        {
            _rows = [.. _rows, new Row(categories, firstMs, lastMs)];
            Array.Sort(_rows, (a, b) => a.Categories.CompareTo(b.Categories));
        }
        else
        {
            _rows[at] = new Row(categories, Math.Min(_rows[at].FirstMs, firstMs), Math.Max(_rows[at].LastMs, lastMs));
        }

        FirstMs = LastMs == 0 ? firstMs : Math.Min(FirstMs, firstMs);
        LastMs = Math.Max(LastMs, lastMs);
    }

    public void Forget(DataCategories categories)
    {
        Row[] kept = Array.FindAll(_rows, row => (row.Categories & categories) == 0);
        (_rows, FirstMs, LastMs) = ([], 0, 0);
        foreach (Row row in kept)
        {
            Add(row.Categories, row.FirstMs, row.LastMs);
        }
    }

    public void Merge(SeenLog other)
    {
        foreach (Row row in other._rows)
        {
            Add(row.Categories, row.FirstMs, row.LastMs);
        }
    }

    public void Save(RepeatedField<StoredSeen> to)
    {
        foreach (Row row in _rows)
        {
            to.Add(new StoredSeen { Categories = (uint)row.Categories, FirstMs = row.FirstMs, LastMs = row.LastMs });
        }
    }

    /// <summary>
    /// The categories of what a version kept that did not tell them apart: those of the acts that were counted, where all were of
    /// one kind, else all that an act may be.
    /// </summary>
    public static DataCategories Untold(StoredProfile from)
    {
        uint[] counted = [.. from.Counters.Select(c => c.Categories).Distinct().Take(2)];
        return counted is [> 0 and var one] ? CategoryNames.OfStored(one) : DataCategories.Acts;
    }

    /// <summary>Where a version did not tell the categories apart, as <see cref="Untold"/> has them.</summary>
    public void Load(StoredProfile from)
    {
        foreach (StoredSeen row in from.Seen)
        {
            Add(CategoryNames.OfStored(row.Categories), row.FirstMs, row.LastMs);
        }

        if (from.Seen.Count == 0 && from.LastSeenMs != 0)
        {
            Add(Untold(from), from.FirstSeenMs, from.LastSeenMs);
        }
    }

    private readonly record struct Row(DataCategories Categories, long FirstMs, long LastMs);
}
