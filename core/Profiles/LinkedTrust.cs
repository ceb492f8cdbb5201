using Footprint.Grid.Storage.V1;
using Trust = Footprint.Grid.V1.Interest.Types.Trust;

namespace Footprint.Grid.Core.Profiles;

/// <summary>
/// The steps that trust takes when two clients become one: of what both knew, the one's word holds over the other's, which
/// is a step from what the other had. It is of the time of the link, for then it was taken, and its source is <c>link</c>.
/// To merge two profiles is no step by itself: that has no time, and gives the same whichever comes first.
/// </summary>
internal sealed class LinkedTrust
{
    public const string Source = "link";

    private readonly List<(string Topic, string Trait, Trust One, Trust Other)> _known = [];

    public LinkedTrust(ClientProfile one, ClientProfile other)
    {
        for (int i = 0; i < other.Interests.Count; i++)
        {
            string topic = other.Interests[i].Topic;
            if (one.Interests.Find(topic) is >= 0 and var at)
            {
                _known.Add((topic, "", one.Interests[at].Trust, other.Interests[i].Trust));
            }
        }

        foreach (StoredTrait trait in other.Traits.All)
        {
            if (other.Traits.Holds(trait) && one.Traits.Find(trait.Name) is { } same)
            {
                _known.Add(("", trait.Name, same.Trust, trait.Trust));
            }
        }
    }

    /// <summary>Puts the steps into the history of the one that both are now.</summary>
    public void Remember(ClientProfile both, long timeMs)
    {
        foreach ((string topic, string trait, Trust one, Trust other) in _known)
        {
            Trust? to = topic.Length == 0 ? both.Traits.Find(trait)?.Trust
                : both.Interests.Find(topic) is >= 0 and var at ? both.Interests[at].Trust : null;
            if (to is { } holds && one != other)
            {
                both.TrustHistory.Add(new StoredTrustChange
                {
                    Topic = topic,
                    Trait = trait,
                    From = holds == one ? other : one,
                    To = holds,
                    TimeMs = timeMs,
                    Source = Source,
                    SourceCategories = 0,
                });
            }
        }
    }
}
