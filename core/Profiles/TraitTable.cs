using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Protobuf.Collections;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// Attributes with their provenance and trust: of each name one statement for each set of data categories, so that one who
/// may not use a statement is told what it would be told without. Who may use several sees the one that holds: what the
/// client said over what was observed, derived or imported; then the later statement; at the same instant the more careful,
/// the declared, the greater value, so that the order of arrival has no say. A rejection is a statement of its own, without
/// a value, and leaves none of its name but what the client itself said since; it stays when that lifts it, for those who may
/// not use what lifted it. Past the bound the oldest statement goes, an unspoken one before
/// a spoken one, and that before a rejection.
/// </summary>
internal sealed class TraitTable(TrustHistory history)
{
    private readonly List<StoredTrait> _traits = new(0);

    public IReadOnlyList<StoredTrait> All => _traits;

    /// <summary>What holds of that name among the statements that may be used; also a rejection.</summary>
    public StoredTrait? Find(string name, DataCategories allowed = DataCategories.All)
    {
        StoredTrait? holds = null;
        foreach (StoredTrait trait in _traits)
        {
            if (trait.Name == name && allowed.Permits(Categories(trait)) && (holds is null || Compare(trait, holds) > 0))
            {
                holds = trait;
            }
        }

        return holds;
    }

    /// <summary>Whether that statement is the one that holds of its name among those that may be used.</summary>
    public bool Holds(StoredTrait trait, DataCategories allowed = DataCategories.All) => ReferenceEquals(Find(trait.Name, allowed), trait);

    /// <summary>A trait as stated; takes it over.</summary>
    public void Put(StoredTrait trait)
    {
        // Like an interest, a trait begins at INFERRED, also when the first that is heard of it is the client's own word.
        Trust before = Find(trait.Name)?.Trust ?? Trust.Inferred;
        Take(trait);
        if (before != trait.Trust && ReferenceEquals(Find(trait.Name), trait))
        {
            Remember(before, trait, trait.Source, trait.Channel);
        }
    }

    /// <summary>
    /// The client's answer about a trait that there is: one more statement, of what holds now. Where its value came from stays
    /// known; the history says who answered.
    /// </summary>
    public void Answer(string name, TrustAct act, long timeMs, in ActOrigin origin)
    {
        if (Find(name) is { } trait)
        {
            Trust before = trait.Trust;
            long trustMs = trait.TimeMs;
            bool changed = TrustLadder.Take(ref before, ref trustMs, act, timeMs);
            if (changed || act == TrustAct.Reject)
            {
                // A no that comes late is lifted already, and still holds for who may not use what lifted it.
                StoredTrait answered = trait.Clone();
                (answered.Trust, answered.TimeMs) = (changed ? before : Trust.Rejected, timeMs);
                answered.Value = answered.Trust == Trust.Rejected ? "" : answered.Value;
                Take(answered);
            }

            if (changed)
            {
                Remember(trait.Trust, Find(name)!, origin.Source, origin.Channel);
            }
        }
    }

    public void Merge(TraitTable other)
    {
        foreach (StoredTrait trait in other._traits)
        {
            Take(trait.Clone());
        }
    }

    /// <summary>Leaves out the traits of a category; a rejection stays, for it is an order.</summary>
    public void Forget(DataCategories categories) =>
        _traits.RemoveAll(t => t.Trust != Trust.Rejected && (Categories(t) & categories) != 0);

    /// <summary>The category that a trait names, and how it is known.</summary>
    public static DataCategories Categories(StoredTrait trait) => CategoryNames.OfTrait(trait.Category)
        | (TrustLadder.IsSpoken(trait.Trust) ? DataCategories.Declared
            : trait.Provenance == V1.Trait.Types.Provenance.Derived ? DataCategories.Inferred : DataCategories.None);

    public void Save(RepeatedField<StoredTrait> to)
    {
        foreach (StoredTrait trait in _traits)
        {
            to.Add(trait.Clone());
        }
    }

    public void Load(RepeatedField<StoredTrait> from)
    {
        foreach (StoredTrait trait in from)
        {
            if (trait.Trust == Trust.Unspecified)
            {
                trait.Trust = TrustOf(trait.Provenance);
            }

            Take(trait);
        }
    }

    /// <summary>Where a trait of that provenance begins on the ladder.</summary>
    public static Trust TrustOf(V1.Trait.Types.Provenance provenance) =>
        provenance == V1.Trait.Types.Provenance.Declared ? Trust.Declared : Trust.Inferred;

    private void Take(StoredTrait trait)
    {
        if (_traits.Exists(t => t.Name == trait.Name && t.Trust == Trust.Rejected && IsOver(t, trait)))
        {
            return;
        }

        if (trait.Trust == Trust.Rejected)
        {
            _traits.RemoveAll(t => t.Name == trait.Name && IsOver(trait, t));
        }

        int at = _traits.FindIndex(t => t.Name == trait.Name && IsSameKind(t, trait));
        if (at >= 0)
        {
            _traits[at] = Compare(trait, _traits[at]) > 0 ? trait : _traits[at];
            return;
        }

        _traits.Add(trait);
        if (_traits.Count > ProfileLimits.Traits)
        {
            _traits.RemoveAt(Oldest());
        }
    }

    // Of two rejections one stays by its kind.
    private static bool IsOver(StoredTrait rejection, StoredTrait trait) => trait.Trust != Trust.Rejected && Compare(rejection, trait) > 0;

    private static bool IsSameKind(StoredTrait a, StoredTrait b) =>
        a.Trust == Trust.Rejected || b.Trust == Trust.Rejected ? a.Trust == b.Trust : Categories(a) == Categories(b);

    private void Remember(Trust from, StoredTrait trait, string source, FootprintEvent.Types.Channel channel) => history.Add(new StoredTrustChange
    {
        Trait = trait.Name,
        From = from,
        To = trait.Trust,
        TimeMs = trait.TimeMs,
        Source = source,
        Channel = channel,
    });

    private int Oldest()
    {
        int oldest = 0;
        for (int i = 1; i < _traits.Count; i++)
        {
            int order = TrustLadder.Hold(_traits[i].Trust).CompareTo(TrustLadder.Hold(_traits[oldest].Trust));
            if (order != 0 ? order < 0 : _traits[i].TimeMs < _traits[oldest].TimeMs)
            {
                oldest = i;
            }
        }

        return oldest;
    }

    private static int Compare(StoredTrait a, StoredTrait b)
    {
        int order = TrustLadder.IsSpoken(a.Trust).CompareTo(TrustLadder.IsSpoken(b.Trust));
        order = order != 0 ? order : a.TimeMs.CompareTo(b.TimeMs);
        order = order != 0 ? order : TrustLadder.Care(a.Trust).CompareTo(TrustLadder.Care(b.Trust));
        order = order != 0 ? order : ((int)b.Provenance).CompareTo((int)a.Provenance);
        order = order != 0 ? order : string.CompareOrdinal(a.Value, b.Value);
        return order != 0 ? order : string.CompareOrdinal(a.Category, b.Category);
    }
}
