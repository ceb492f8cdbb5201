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
/// not use what lifted it. A rejection of one value has that value, and what states it does not hold until the client itself says
/// it since. Of each set of categories there is room for <see cref="ProfileLimits.Traits"/> names, and for as many rejections of
/// either kind: past that the oldest of them goes, of one set an unspoken one first.
/// </summary>
internal sealed partial class TraitTable(TrustHistory history)
{
    private readonly List<StoredTrait> _traits = new(0);

    public IReadOnlyList<StoredTrait> All => _traits;

    /// <summary>What holds of that name among the statements that may be used; also a rejection.</summary>
    public StoredTrait? Find(string name, DataCategories allowed = DataCategories.All) =>
        Strongest(name, allowed, static (trait, allowed) => allowed.Permits(Categories(trait)) && !IsOfOneValue(trait));

    /// <summary>The statement of that value that holds over the others of it; null when there is none that was not rejected.</summary>
    public StoredTrait? Find(string name, string value) =>
        Strongest(name, value, static (trait, value) => trait.Value == value && trait.Trust != Trust.Rejected);

    /// <summary>
    /// What holds among statements of the same name and category: those of other categories have no say in its steps, which they
    /// would be told by.
    /// </summary>
    public StoredTrait? FindOf(StoredTrait statement) => Strongest(statement.Name, CategoryNames.OfTrait(statement.Category), static (trait, category) =>
        !IsOfOneValue(trait) && (trait.Trust == Trust.Rejected || CategoryNames.OfTrait(trait.Category) == category));

    private StoredTrait? Strongest<T>(string name, T asked, Func<StoredTrait, T, bool> isOne)
    {
        StoredTrait? holds = null;
        foreach (StoredTrait trait in _traits)
        {
            if (trait.Name == name && isOne(trait, asked) && (holds is null || Compare(trait, holds) > 0) && !IsRefused(trait))
            {
                holds = trait;
            }
        }

        return holds;
    }

    /// <summary>Whether that statement is the one that holds of its name among those that may be used.</summary>
    public bool Holds(StoredTrait trait, DataCategories allowed = DataCategories.All) => ReferenceEquals(Find(trait.Name, allowed), trait);

    /// <summary>Whether the client rejected the value that it states, and did not say it since.</summary>
    public bool IsRefused(StoredTrait trait) => trait.Trust != Trust.Rejected
        && _traits.Exists(t => t.Name == trait.Name && IsOfOneValue(t) && t.Value == trait.Value && Compare(t, trait) > 0);

    /// <summary>A trait as stated; takes it over.</summary>
    public void Put(StoredTrait trait)
    {
        // Like an interest, a trait begins at INFERRED, also when the first that is heard of it is the client's own word.
        Trust before = FindOf(trait)?.Trust ?? Trust.Inferred;
        Take(trait);
        if (before != trait.Trust && ReferenceEquals(FindOf(trait), trait))
        {
            Remember(before, trait, trait.Source, trait.HasSourceCategories ? trait.SourceCategories : null, trait.Channel);
        }
    }

    /// <summary>
    /// The client's answer about a trait that there is: one more statement, of what holds now or of the value that it names. Where
    /// its value came from stays known; the history says who answered.
    /// </summary>
    /// <param name="name">The trait's.</param>
    /// <param name="value">The one that the answer is about; empty for what holds, and a no is then to all of that name.</param>
    /// <param name="act">What was answered.</param>
    /// <param name="timeMs">When.</param>
    /// <param name="origin">Who answered, and where.</param>
    public void Answer(string name, string value, TrustAct act, long timeMs, in ActOrigin origin)
    {
        if ((value.Length == 0 ? Find(name) : Find(name, value)) is not { } trait)
        {
            return;
        }

        Trust trust = trait.Trust;
        long trustMs = trait.TimeMs;
        bool changed = TrustLadder.Take(ref trust, ref trustMs, act, timeMs);
        if (!changed && act != TrustAct.Reject && Holds(trait))
        {
            return;
        }

        // A no that comes late is lifted already, and still holds for who may not use what lifted it.
        // What is not to be believed did not come from anywhere.
        bool isNo = act == TrustAct.Reject;
        StoredTrait answered = isNo ? new StoredTrait { Name = trait.Name, Value = value, Category = trait.Category } : trait.Clone();
        (answered.Trust, answered.TimeMs) = (isNo ? Trust.Rejected : trust, timeMs);
        Take(answered);
        if (changed)
        {
            Remember(trait.Trust, answered, origin.Source, sourceCategories: 0, origin.Channel);
        }
    }

    public void Merge(TraitTable other)
    {
        foreach (StoredTrait trait in other._traits)
        {
            Take(trait.Clone());
        }
    }

    /// <summary>
    /// Leaves out the traits of a category, and of the others by what act of it they were stated; a rejection stays, for it is an
    /// order.
    /// </summary>
    public void Forget(DataCategories categories)
    {
        _traits.RemoveAll(t => t.Trust != Trust.Rejected && (Categories(t) & categories) != 0);
        foreach (StoredTrait trait in _traits.Where(t => (SourceCategories(t) & categories) != 0))
        {
            ForgetSource(trait);
        }
    }

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

        int at = _traits.FindIndex(t => IsSameStatement(t, trait));
        if (at < 0)
        {
            _traits.Add(trait);
            MakeRoom(trait);
            return;
        }

        int order = Compare(trait, _traits[at]);
        if (order == 0)
        {
            Agree(_traits[at], trait);
        }
        else if (order > 0)
        {
            _traits[at] = trait;
        }
    }

    private void MakeRoom(StoredTrait trait)
    {
        if (_traits.Count(t => IsSameRoom(t, trait)) > ProfileLimits.Traits)
        {
            _traits.Remove(_traits.Where(t => IsSameRoom(t, trait)).Aggregate((oldest, t) => CompareAge(t, oldest) < 0 ? t : oldest));
        }
    }

    private void Remember(Trust from, StoredTrait trait, string source, uint? sourceCategories, FootprintEvent.Types.Channel channel)
    {
        var step = new StoredTrustChange
        {
            Trait = trait.Name,
            From = from,
            To = trait.Trust,
            TimeMs = trait.TimeMs,
            Source = source,
            Channel = channel,
            Categories = (uint)Categories(trait),
        };
        if (sourceCategories is { } categories)
        {
            step.SourceCategories = categories;
        }

        history.Add(step);
    }
}
