using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// Which ids lead to this client. An id leads to one client at a time, the one that was seen with it last. What came by it
/// stays with whom it came to; two clients never share a fact.
/// </summary>
public sealed partial class ClientActor
{
    /// <summary>Ids that were linked to this client and not unlinked. Whoever erases the client erases those that lead to it, too.</summary>
    public IReadOnlyCollection<string> Aliases => Profile.Aliases;

    /// <summary>Whether it is a known client, which stays one though nothing leads to it any more, and no anonymous id.</summary>
    public bool IsKnown => Profile.IsKnown;

    /// <summary>Links as the request says, and answers it.</summary>
    /// <inheritdoc cref="Link(in Turn, ClientActor, bool)" path="/exception"/>
    public LinkResponse Link(in Turn turn, ClientActor anonymous, LinkRequest request)
    {
        LinkOutcome outcome = Link(turn, anonymous, request.Again);
        return new LinkResponse
        {
            ClientId = Key.ClientId,
            ProfileVersion = Profile.Version,
            Merged = outcome == LinkOutcome.Merged,
            HandedOver = outcome == LinkOutcome.HandedOver,
        };
    }

    /// <summary>Unlinks as the request says, and answers it.</summary>
    /// <inheritdoc cref="Unlink(in Turn, ClientActor, bool)" path="/exception"/>
    public UnlinkResponse Unlink(in Turn turn, ClientActor anonymous, UnlinkRequest request)
    {
        bool unlinked = Unlink(turn, anonymous, request.SignOut);
        return new UnlinkResponse { ClientId = Key.ClientId, ProfileVersion = Profile.Version, Unlinked = unlinked };
    }

    /// <summary>
    /// Makes the anonymous actor lead to this one, journalling on both. The engine holds both turns, and keeps both
    /// changes or neither. An id with a profile of its own brings that along; one that is another client's brings nothing.
    /// </summary>
    /// <exception cref="GridException">
    /// <c>FAILED_PRECONDITION</c>: the other is or was a known client itself, or was unlinked on request and is not asked for again.
    /// </exception>
    public LinkOutcome Link(in Turn turn, ClientActor anonymous, bool again = false)
    {
        ClientProfile other = anonymous.Profile;
        string id = anonymous.Key.ClientId;
        if (other.AliasOf == Key.ClientId)
        {
            return LinkOutcome.None;
        }

        ThrowIfAlias();
        if (anonymous.IsKnown)
        {
            throw Refuse("anonymousId", "is a known client", "two known clients never merge");
        }

        if (!again && Profile.LinkedIds?.IsGivenUp(id) == true)
        {
            throw Refuse("anonymousId", "was unlinked on the client's request", "again, once the client itself asks for it");
        }

        if (Profile.Aliases.Count >= ProfileLimits.Aliases && !Profile.Aliases.Contains(id))
        {
            throw Refuse("anonymousId", "is one too many", $"at most {ProfileLimits.Aliases} linked ids a client");
        }

        if (!Profile.Disclosures.HasRoomFor(other.Disclosures))
        {
            throw Refuse("anonymousId", "was disclosed to too many others", $"at most {ProfileLimits.Recipients} recipients of both together");
        }

        bool isAnothers = other.AliasOf is not null;
        if (!Profile.Consents.HasRoomFor(other.Consents))
        {
            throw Refuse("anonymousId", "has consents about too many purposes", $"at most {ProfileLimits.Consents} purposes of both together");
        }

        DataCategories forbidden = isAnothers ? DataCategories.None : Forbidden(turn, other);
        var merged = new JournalEntry.Types.Merged
        {
            AnonymousId = id,
            Profile = isAnothers ? new StoredProfile() : Without(forbidden, other),
            NotBeforeMs = isAnothers ? turn.NowMs : other.ErasedAtMs,
            ForgetCategories = (uint)forbidden,
            TimeMs = turn.NowMs,
        };

        // This one first: should only its entry last, linking again finds the alias set and completes the other.
        Change(turn, new JournalEntry { Merged = merged });
        StopCountingUnlessAllowed(turn);
        anonymous.Change(turn, new JournalEntry { AliasSet = new JournalEntry.Types.AliasSet { ClientId = Key.ClientId } });
        RefreshSegments(turn);
        return isAnothers ? LinkOutcome.HandedOver : LinkOutcome.Merged;
    }

    /// <summary>
    /// Has the id lead to this client no more, journalling on both as <see cref="Link"/> does. What came by it stays here;
    /// it has nothing of its own from then on, and what happened under it before stays out. Unless somebody only signed
    /// out, it is linked to this client again only when that asks for it. False when the id did not lead here.
    /// </summary>
    /// <exception cref="GridException"><c>FAILED_PRECONDITION</c>: this is no known client, or it gave too many ids up.</exception>
    public bool Unlink(in Turn turn, ClientActor anonymous, bool signOut)
    {
        ThrowIfAlias();
        string id = anonymous.Key.ClientId;
        bool isLinked = anonymous.AliasOf == Key.ClientId;
        bool isGivenUp = Profile.LinkedIds?.IsGivenUp(id) == true;
        if (!signOut && !isGivenUp && Profile.LinkedIds?.GivenUp.Count() >= ProfileLimits.Aliases)
        {
            throw Refuse("anonymousId", "is one too many", $"at most {ProfileLimits.Aliases} unlinked ids a client");
        }

        if (isLinked || Profile.Aliases.Contains(id) || (!signOut && !isGivenUp))
        {
            Change(turn, Parted(new JournalEntry.Types.Unlinked { AnonymousId = id, TimeMs = turn.NowMs, SignOut = signOut }));
        }

        if (isLinked)
        {
            anonymous.Change(turn, Parted(new JournalEntry.Types.Unlinked { ClientId = Key.ClientId, TimeMs = turn.NowMs }));
        }

        return isLinked;
    }

    /// <summary>
    /// After the id was handed over to another client: it is not among those that lead here any more, unless by now it leads here
    /// again. Journals on this one alone; false when there was nothing to do.
    /// </summary>
    public bool Release(in Turn turn, ClientActor anonymous)
    {
        string id = anonymous.Key.ClientId;
        bool isHandedOver = anonymous.AliasOf != Key.ClientId && Profile.Aliases.Contains(id);
        if (isHandedOver)
        {
            Change(turn, Parted(new JournalEntry.Types.Unlinked { AnonymousId = id, TimeMs = turn.NowMs, SignOut = true }));
        }

        return isHandedOver;
    }

    // What the consent of both together lets nobody keep.
    private DataCategories Forbidden(in Turn turn, ClientProfile other) => DataCategories.All & ~Profile.Consents.With(other.Consents)
        .Keepable(turn.Definitions.RegimeOf(Profile.Whereabouts.With(other.Whereabouts).All));

    // The profile to be journalled. What it has from a newer version goes as well, since nobody here knows of what category it is.
    private static StoredProfile Without(DataCategories forbidden, ClientProfile other)
    {
        StoredProfile all = ProfileCodec.Save(other);
        if (forbidden == DataCategories.None)
        {
            return all;
        }

        ClientProfile rest = ProfileCodec.Load(all);
        rest.Forget(forbidden);
        return ProfileCodec.Save(rest);
    }

    private static JournalEntry Parted(JournalEntry.Types.Unlinked unlinked) => new() { Unlinked = unlinked };

    private void ThrowIfAlias()
    {
        if (AliasOf is not null)
        {
            throw Refuse("clientId", "is an anonymous id that belongs to a client", "a known client");
        }
    }
}
