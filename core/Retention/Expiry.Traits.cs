using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Retention;

/// <summary>What goes of traits, and of how they came to be trusted.</summary>
public static partial class Expiry
{
    // Steps go with the statement that they led to; of one that is not there any more, as after a no, each goes by its own time.
    private static void Traits(StoredProfile stored, string category, long before)
    {
        StoredTrait[] old = [.. stored.Traits.Where(trait => trait.Trust != Trust.Rejected && IsOf(trait, category) && trait.TimeMs < before)];
        Remove(stored.Traits, old.Contains);
        StoredTrustChange[] gone = [.. stored.TrustHistory.Where(step => TrustHistory.IsOfAWord(step) && !HasStatement(stored, step)
            && (old.Any(trait => TrustHistory.IsOf(step, trait)) || (step.TimeMs < before && IsOf(stored, step, category))))];
        Remove(stored.TrustHistory, gone.Contains);

        // What is left came from nothing that is known; a link's step is nothing but that it came from there.
        bool IsFromGone(StoredTrustChange step) => step.From is Trust.Declared or Trust.Confirmed && gone.Any(g => IsSame(g, step))
            && !stored.TrustHistory.Any(s => IsSame(s, step) && s.To == step.From && s.TimeMs <= step.TimeMs);
        StoredTrustChange[] baseless = [.. stored.TrustHistory.Where(IsFromGone)];
        foreach (StoredTrustChange step in baseless)
        {
            step.From = Trust.Inferred;
        }

        Remove(stored.TrustHistory, step => step is { To: Trust.Rejected, Source: LinkedTrust.Source } && baseless.Contains(step));
    }

    // Whether the statement that a step led to is there, and no no to the whole trait was between.
    private static bool HasStatement(StoredProfile stored, StoredTrustChange step) => stored.Traits.Any(trait => TrustHistory.IsOf(step, trait))
        && !stored.Traits.Any(no => no.Trust == Trust.Rejected && !TraitTable.IsOfOneValue(no) && no.Name == step.Trait && no.TimeMs >= step.TimeMs);

    private static bool IsSame(StoredTrustChange a, StoredTrustChange b) => a.Trait == b.Trait && a.Categories == b.Categories;

    // What counts as a category for the consents counts as it here, and by the name that it was given as well.
    private static bool IsOf(StoredTrait trait, string category) =>
        trait.Category == category || CategoryNames.OfTrait(trait.Category) == CategoryNames.Parse(category);

    // Likewise a step, by the name that is left of it in a no, which is all that tells where no version said it.
    private static bool IsOf(StoredProfile stored, StoredTrustChange step, string category)
    {
        DataCategories own = TrustHistory.TraitCategory(step);
        return (own != DataCategories.None && own == CategoryNames.Parse(category)) || stored.Traits.Any(no => no.Trust == Trust.Rejected
            && no.Name == step.Trait && IsOf(no, category) && (own == DataCategories.None || own == CategoryNames.OfTrait(no.Category)));
    }
}
