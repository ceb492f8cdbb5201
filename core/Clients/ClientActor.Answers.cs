using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Core.Clients;

/// <summary>What the client says about what is known of it.</summary>
public sealed partial class ClientActor
{
    /// <summary>
    /// A confirmation or rejection of an interest or a trait. A confirmation is declared data and needs that some purpose
    /// may keep it; a rejection is an order and is always kept.
    /// </summary>
    public void ConfirmInterest(in Turn turn, ConfirmInterestRequest request, ConfirmInterestResponse response)
    {
        bool confirmed = request.Answer == ConfirmInterestRequest.Types.Answer.Confirm;
        bool mayKeep = Keepable(turn, country: null).Permits(DataCategories.Declared);
        if (confirmed && !mayKeep)
        {
            throw Refuse("clientId", "allows no purpose to keep what it declares", "consent to the category declared");
        }

        StoredTrait? trait = request.Trait.Length == 0 ? null
            : request.Value.Length == 0 ? Profile.Traits.Find(request.Trait)
            : Profile.Traits.Find(request.Trait, request.Value);
        if (request.Trait.Length > 0 && trait is null)
        {
            throw new GridException(Code.NotFound, $"The client has no trait '{request.Trait}'{(request.Value.Length > 0 ? " of that value" : "")}.");
        }

        if (confirmed && trait is { Trust: Interest.Types.Trust.Rejected })
        {
            throw Refuse("trait", "was rejected and has no value left to confirm", "an event of the client that says the value");
        }

        (uint level, bool moved) = request.Topic.Length > 0 ? Counting(turn, request.Topic) : default;
        EventType row = turn.Definitions.EventTypes.Resolve(EventTypeTable.Confirm);
        Change(turn, new JournalEntry
        {
            InterestAnswered = new JournalEntry.Types.InterestAnswered
            {
                Topic = request.Topic,
                Trait = request.Trait,
                TraitValue = request.Value,
                Trust = confirmed ? Interest.Types.Trust.Confirmed : Interest.Types.Trust.Rejected,
                TimeMs = turn.NowMs,
                Weight = confirmed ? row.Weight : 0,
                HalfLifeS = row.HalfLifeSeconds(),
                Source = !mayKeep ? "" : request.Source.Length > 0 ? request.Source : EventTypeTable.Confirm,
                Channel = mayKeep ? request.Channel : default,
                OrderAlone = !mayKeep,
                Level = level,
                Moved = moved,
            },
        });
        RefreshSegments(turn);
        if (request.Trait.Length > 0)
        {
            response.Trait = Profile.Traits.Find(request.Trait) is { } holds ? ProfileView.View(holds) : null;
        }
        else if (Profile.Interests.Find(request.Topic) is >= 0 and var at)
        {
            response.Interest = ProfileView.View(Profile.Interests, at, Profile.ViewTime(turn.NowMs));
        }

        response.ProfileVersion = Profile.Version;
    }
}
