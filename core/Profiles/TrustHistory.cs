using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Probes;
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

    /// <summary>Leaves out the steps of interests that are not known any more.</summary>
    public void Keep(Predicate<string> hasTopic) => _changes.RemoveAll(c => c.Topic.Length > 0 && !hasTopic(c.Topic));

    /// <summary>
    /// Leaves out steps by acts of these categories, and what they led from. Where what was declared goes, there is of each
    /// interest that is rejected that it is, and of a trait that it was.
    /// </summary>
    public void Forget(DataCategories categories, InterestTable interests)
    {
        bool isSaid = (categories & DataCategories.Declared) != 0;
        _changes.RemoveAll(c => c.Topic.Length > 0
            ? isSaid || interests.Find(c.Topic) < 0
            : IsOfAWord(c) && (Categories(c) & categories) != 0);
        foreach (StoredTrustChange change in _changes.Where(c => c.Trait.Length > 0 && (Categories(c) & categories) != 0))
        {
            change.From = Trust.Inferred;
        }

        for (int i = 0; i < interests.Count && isSaid; i++)
        {
            Reject(interests[i].Topic, interests[i].RejectedMs);
        }

        ForgetSources(_changes, step => (SourceCategories(step) & categories) != 0);
    }

    /// <summary>Has of an interest's steps to <see cref="Trust.Probed"/> one, of when the client was asked last.</summary>
    public void Ask(string topic, long askedMs, FootprintEvent.Types.Channel channel)
    {
        _changes.RemoveAll(c => c.Topic == topic && c.To == Trust.Probed);
        Add(new StoredTrustChange { Topic = topic, From = Trust.Inferred, To = Trust.Probed, TimeMs = askedMs, Source = ProbeMemory.Source, Channel = channel });
    }

    /// <summary>Leaves of an interest's steps none to <see cref="Trust.Probed"/>, nor from it.</summary>
    public void Unask(string topic)
    {
        _changes.RemoveAll(c => c.Topic == topic && c.To == Trust.Probed);
        foreach (StoredTrustChange change in _changes.Where(c => c.Topic == topic && c.From == Trust.Probed))
        {
            change.From = Trust.Inferred;
        }
    }

    // Of a step of a trait; where no version said them it may be of any.
    private static DataCategories Categories(StoredTrustChange change) => change.Categories == 0 ? DataCategories.All : (DataCategories)change.Categories;

    /// <summary>
    /// Leaves of an interest's steps none to what the client declared or confirmed, and where it said no the one to that alone: later
    /// ones are steps by the words between, and a link's by the word that it was about.
    /// </summary>
    public void TakeBack(string topic, long rejectedMs)
    {
        StoredTrustChange? no = rejectedMs == 0 ? null : _changes.Find(c => c.Topic == topic && c.To == Trust.Rejected && c.Source != LinkedTrust.Source);
        _changes.RemoveAll(c => c.Topic == topic && !ReferenceEquals(c, no) && (rejectedMs != 0 || c.To is Trust.Declared or Trust.Confirmed));
        if (no is null)
        {
            Reject(topic, rejectedMs);
        }
        else
        {
            no.From = Trust.Inferred;
        }
    }

    // Of a no nothing but when it was.
    private void Reject(string topic, long rejectedMs)
    {
        if (rejectedMs != 0)
        {
            Add(new StoredTrustChange { Topic = topic, From = Trust.Inferred, To = Trust.Rejected, TimeMs = rejectedMs });
        }
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
            // Of the questions about one interest the last is the step.
            int asked = change.To == Trust.Probed ? _changes.FindIndex(c => c.Topic == change.Topic && c.To == Trust.Probed) : -1;
            if (asked >= 0 && (_changes[asked].TimeMs, _changes[asked].Channel).CompareTo((change.TimeMs, change.Channel)) >= 0)
            {
                continue;
            }

            if (asked >= 0)
            {
                _changes.RemoveAt(asked);
            }

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

    /// <summary>Whether it tells of something that the client declared or confirmed before.</summary>
    public bool HasWord(string topic, long beforeMs) => _changes.Exists(c => c.Topic == topic && (c.To is Trust.Declared or Trust.Confirmed) && c.TimeMs < beforeMs);

    /// <summary>Whether it is a step of that trait to a statement of those categories; where no version said of which, of any.</summary>
    public static bool IsOf(StoredTrustChange change, StoredTrait statement) => change.Trait == statement.Name
        && statement.Trust != Trust.Rejected && (change.Categories == 0 || change.Categories == (uint)TraitTable.Categories(statement));

    /// <summary>Whether it is a step of a trait that tells what was stated: any but to a no, and a link's to that, too, for it is one by the word that it was about.</summary>
    public static bool IsOfAWord(StoredTrustChange change) => change.Trait.Length > 0 && (change.To != Trust.Rejected || change.Source == LinkedTrust.Source);

    /// <summary>The category of a step's trait; none where no version said it. To be declared is its own only where there is no other.</summary>
    public static DataCategories TraitCategory(StoredTrustChange change) =>
        ((DataCategories)change.Categories & ~DataCategories.Declared) is not DataCategories.None and var own ? own : (DataCategories)change.Categories;

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
