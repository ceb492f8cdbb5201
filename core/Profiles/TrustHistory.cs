using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;

namespace Footprint.Grid.Core.Profiles;

/// <summary>A client's steps on the trust ladder in the order of time. Past the bound the oldest goes.</summary>
internal sealed class TrustHistory
{
    private readonly List<StoredTrustChange> _changes = new(0);

    public IReadOnlyList<StoredTrustChange> All => _changes;

    public void Add(StoredTrustChange change)
    {
        int at = _changes.Count;
        while (at > 0 && Compare(change, _changes[at - 1]) < 0)
        {
            at--;
        }

        _changes.Insert(at, change);
        if (_changes.Count > ProfileLimits.TrustHistory)
        {
            _changes.RemoveAt(0);
        }
    }

    /// <summary>Leaves out the steps of what is not known any more.</summary>
    public void Keep(Predicate<string> hasTopic, Predicate<string> hasTrait) =>
        _changes.RemoveAll(c => c.Topic.Length > 0 ? !hasTopic(c.Topic) : !hasTrait(c.Trait));

    public void Merge(TrustHistory other)
    {
        foreach (StoredTrustChange change in other._changes)
        {
            Add(change.Clone());
        }
    }

    public void Save(RepeatedField<StoredTrustChange> to)
    {
        foreach (StoredTrustChange change in _changes)
        {
            to.Add(change.Clone());
        }
    }

    public void Load(RepeatedField<StoredTrustChange> from) => _changes.AddRange(from.Skip(from.Count - ProfileLimits.TrustHistory));

    public static TrustChange View(StoredTrustChange change) => new()
    {
        Topic = change.Topic,
        Trait = change.Trait,
        From = change.From,
        To = change.To,
        Time = ProfileView.Time(change.TimeMs),
        Source = change.Source,
        Channel = change.Channel,
    };

    private static int Compare(StoredTrustChange a, StoredTrustChange b)
    {
        int order = a.TimeMs.CompareTo(b.TimeMs);
        order = order != 0 ? order : string.CompareOrdinal(a.Topic, b.Topic);
        order = order != 0 ? order : string.CompareOrdinal(a.Trait, b.Trait);
        order = order != 0 ? order : a.To.CompareTo(b.To);
        order = order != 0 ? order : a.From.CompareTo(b.From);
        return order != 0 ? order : string.CompareOrdinal(a.Source, b.Source);
    }
}
