using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The steps that trust takes when two clients become one: of what both spoke about, the one's word holds over the other's, which
/// is a step from what the other had. It is of the time of the link, for then it was taken, and its source is <c>link</c>. A word
/// about what was inferred of the other is no such step: it stands in the history as it was said, and whether anything was
/// inferred is not the word's to tell.
/// To merge two profiles is no step by itself: that has no time, and gives the same whichever comes first.
/// </summary>
internal sealed class LinkedTrust
{
    public const string Source = "link";

    private readonly List<(string Topic, StoredTrait? Trait, Trust One, Trust Other)> _spoken = [];

    public LinkedTrust(ClientProfile one, ClientProfile other)
    {
        for (int i = 0; i < other.Interests.Count; i++)
        {
            string topic = other.Interests[i].Topic;
            if (one.Interests.Find(topic) is >= 0 and var at)
            {
                Add(topic, null, one.Interests[at].Trust, other.Interests[i].Trust);
            }
        }

        AddTraits(one, other);
        AddTraits(other, one);
    }

    /// <summary>Puts the steps into the history of the one that both are now.</summary>
    public void Remember(ClientProfile both, long timeMs)
    {
        foreach ((string topic, StoredTrait? trait, Trust one, Trust other) in _spoken)
        {
            Trust? to = trait is not null ? both.Traits.FindOf(trait)?.Trust
                : both.Interests.Find(topic) is >= 0 and var at ? both.Interests[at].Trust : null;
            if (to is { } holds)
            {
                both.TrustHistory.Add(new StoredTrustChange
                {
                    Topic = topic,
                    Trait = trait?.Name ?? "",
                    From = holds == one ? other : one,
                    To = holds,
                    TimeMs = timeMs,
                    Source = Source,
                    SourceCategories = 0,
                    Categories = trait is null ? 0 : (uint)TraitTable.Categories(trait),
                });
            }
        }
    }

    // Of statements of the same categories, and of those that the other rejected; a rejection has none of its own.
    private void AddTraits(ClientProfile one, ClientProfile other)
    {
        foreach (StoredTrait trait in one.Traits.All)
        {
            if (trait.Trust != Trust.Rejected && ReferenceEquals(one.Traits.FindOf(trait), trait) && other.Traits.FindOf(trait) is { } same
                && !_spoken.Exists(s => s.Trait?.Name == trait.Name && TraitTable.Categories(s.Trait) == TraitTable.Categories(trait)))
            {
                Add("", trait, trait.Trust, same.Trust);
            }
        }
    }

    private void Add(string topic, StoredTrait? trait, Trust one, Trust other)
    {
        if (one != other && TrustLadder.IsSpoken(one) && TrustLadder.IsSpoken(other))
        {
            _spoken.Add((topic, trait, one, other));
        }
    }
}
