using Footprint.Grid.Core.Consent;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>What one statement is, and how two of them stand to each other.</summary>
internal sealed partial class TraitTable
{
    /// <summary>The category that a trait names, and how it is known.</summary>
    public static DataCategories Categories(StoredTrait trait) => CategoryNames.OfTrait(trait.Category)
        | (TrustLadder.IsSpoken(trait.Trust) ? DataCategories.Declared
            : trait.Provenance == V1.Trait.Types.Provenance.Derived ? DataCategories.Inferred : DataCategories.None);

    /// <summary>What the source tells of: where it is the type of an act, that there was one.</summary>
    public static DataCategories SourceCategories(StoredTrait trait) => SourceCategories(trait.Source, trait.HasSourceCategories, trait.SourceCategories);

    /// <summary>Likewise of a source that is kept with these categories, or with none that is known.</summary>
    public static DataCategories SourceCategories(string source, bool isKnown, uint categories) => source.Length == 0 ? DataCategories.None
        : isKnown ? (DataCategories)categories & DataCategories.All
        : DataCategories.Acts;

    /// <summary>Leaves out where it came from.</summary>
    public static void ForgetSource(StoredTrait trait) => (trait.Source, trait.SourceCategories) = ("", 0);

    /// <summary>Where a trait of that provenance begins on the ladder.</summary>
    public static Trust TrustOf(V1.Trait.Types.Provenance provenance) =>
        provenance == V1.Trait.Types.Provenance.Declared ? Trust.Declared : Trust.Inferred;

    /// <summary>Whether it is a no to one value, and to no other of that name.</summary>
    public static bool IsOfOneValue(StoredTrait trait) => trait.Trust == Trust.Rejected && trait.Value.Length > 0;

    // What has room together: statements of the same categories, so that none that is withheld takes room from one that is not.
    private static bool IsSameRoom(StoredTrait a, StoredTrait b) => a.Trust == Trust.Rejected || b.Trust == Trust.Rejected
        ? a.Trust == b.Trust && IsOfOneValue(a) == IsOfOneValue(b)
        : Categories(a) == Categories(b);

    private static bool IsSameStatement(StoredTrait a, StoredTrait b) =>
        a.Name == b.Name && IsSameRoom(a, b) && (!IsOfOneValue(a) || a.Value == b.Value);

    // A no to one value takes no other away, and leaves what it is about where it is: else what that had taken the place of would
    // be known by who heard of the no first.
    private static bool IsOver(StoredTrait rejection, StoredTrait trait) =>
        trait.Trust != Trust.Rejected && rejection.Value.Length == 0 && Compare(rejection, trait) > 0;

    // What says the same, of the same time, came from where all say that it did.
    private static void Agree(StoredTrait trait, StoredTrait other)
    {
        if (trait.Source != other.Source || trait.HasSourceCategories != other.HasSourceCategories || trait.SourceCategories != other.SourceCategories)
        {
            ForgetSource(trait);
        }

        trait.Channel = trait.Channel == other.Channel ? trait.Channel : default;
    }

    private static int CompareAge(StoredTrait a, StoredTrait b)
    {
        int order = TrustLadder.Hold(a.Trust).CompareTo(TrustLadder.Hold(b.Trust));
        order = order != 0 ? order : a.TimeMs.CompareTo(b.TimeMs);
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        return order != 0 ? order : Compare(a, b);
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
