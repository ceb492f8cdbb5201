using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

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

    /// <summary>
    /// Leaves out by what acts of these categories steps were taken; and where what was declared goes, that it was: also of what
    /// is there still because it was rejected since.
    /// </summary>
    public void Forget(DataCategories categories)
    {
        bool isSaid = (categories & DataCategories.Declared) != 0;
        _changes.RemoveAll(c => isSaid && IsWord(c.To));
        foreach (StoredTrustChange change in _changes)
        {
            change.From = isSaid && IsWord(change.From) ? Trust.Inferred : change.From;
        }

        ForgetSources(_changes, step => (SourceCategories(step) & categories) != 0);
    }

    /// <summary>Leaves out by what acts steps of traits were taken, of those for which it holds.</summary>
    public static void ForgetSources(IEnumerable<StoredTrustChange> steps, Func<StoredTrustChange, bool> isDue)
    {
        foreach (StoredTrustChange step in steps.Where(step => SourceCategories(step) != DataCategories.None && isDue(step)))
        {
            (step.Source, step.SourceCategories) = ("", 0);
        }
    }

    /// <summary>What a step's source tells of; of an interest nothing but what its trust says.</summary>
    public static DataCategories SourceCategories(StoredTrustChange step) => step.Trait.Length == 0 ? DataCategories.None
        : TraitTable.SourceCategories(step.Source, step.HasSourceCategories, step.SourceCategories);

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

    private static bool IsWord(Trust trust) => trust is Trust.Declared or Trust.Confirmed;

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
