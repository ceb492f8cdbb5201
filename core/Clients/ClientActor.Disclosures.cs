using System.Numerics;
using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Disclosures;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Core.Clients;

/// <summary>What leaves for a recipient, and the record of it, which is made first: what cannot be put on record is not given.</summary>
public sealed partial class ClientActor
{
    /// <summary>
    /// The client's own view, which is all of it, or what the recipient that is named may have. A recipient gets back the id
    /// that it asked by: to whom a cookie or a device belongs is not for it to learn.
    /// </summary>
    public Profile View(in Turn turn, GetProfileRequest request) => request.Recipient.Length == 0
        ? ProfileView.Of(Key.ClientId, AsOfNow(turn), turn.NowMs)
        : ProfileView.Allowed(request.ClientId, AsOfNow(turn), turn.NowMs, Hand(turn, request.Purpose, request.Recipient, Disclosure.Types.Kind.Profile), turn.Definitions.Segments);

    /// <summary>Everything that is kept about the client, or what the recipient that is named may have, by the id that it asked by.</summary>
    public ExportResponse Export(in Turn turn, ExportRequest request) => request.Recipient.Length == 0
        ? ProfileExport.Of(Key.ClientId, AsOfNow(turn), turn.NowMs)
        : ProfileExport.Allowed(request.ClientId, AsOfNow(turn), turn.NowMs, Hand(turn, request.Purpose, request.Recipient, Disclosure.Types.Kind.Export), turn.Definitions.Segments);

    // Each one is journalled: what leaves is the profile itself. To be handed anything it takes what sharing allows, whatever
    // purpose is named: of one that nobody ever spoke of nothing is denied.
    private DataCategories Hand(in Turn turn, string purpose, string recipient, Disclosure.Types.Kind kind)
    {
        purpose = purpose.Length == 0 ? Purposes.Sharing : purpose;
        DataCategories allowed = Allowed(turn, Purposes.Sharing, recipient, context: null) & Allowed(turn, purpose, recipient, context: null);
        Disclose(turn, recipient, purpose, kind, allowed, isEachJournalled: true);
        return allowed;
    }

    // Whether a decision may go by what is known of the client: that the recipient gets it is on record then.
    private bool IsOnRecord(in Turn turn, string recipient, string purpose, Disclosure.Types.Kind kind, DataCategories allowed)
    {
        try
        {
            Disclose(turn, recipient, purpose, kind, allowed, isEachJournalled: false);
            return true;
        }
        catch (GridException)
        {
            return false;
        }
    }

    // Of a day's answers the first is journalled, the first with a further category, and whenever their number has doubled:
    // what lies between is counted here and goes with the next of these or with the checkpoint.
    private void Disclose(in Turn turn, string recipient, string purpose, Disclosure.Types.Kind kind, DataCategories allowed, bool isEachJournalled)
    {
        if (!Recipients.IsOther(recipient) || KnownCategories.Of(Profile, allowed) is not (> DataCategories.None and var given))
        {
            return;
        }

        uint day = DisclosureLog.Day(turn.NowMs);
        StoredDisclosure? row = Profile.Disclosures.Find(day, recipient, purpose, kind);
        if (row is null && !Profile.Disclosures.HasRoomFor(recipient))
        {
            throw new GridException(
                Code.ResourceExhausted,
                "The client's record of disclosures names too many recipients for one more.",
                [new Fault("recipient", "is one too many", $"at most {ProfileLimits.Recipients} recipients a client")]);
        }

        if (row is not null && !isEachJournalled && !BitOperations.IsPow2(row.Count + 1) && (row.Categories & (uint)given) == (uint)given)
        {
            row.Count++;
            _hasUnsaved = true;
            row.LastMs = Math.Max(row.LastMs, turn.NowMs);
            return;
        }

        StoredDisclosure next = row?.Clone()
            ?? new StoredDisclosure { Recipient = recipient, Purpose = purpose, Kind = kind, Day = day, FirstMs = turn.NowMs, LastMs = turn.NowMs };
        next.Count++;
        next.Categories |= (uint)given;
        next.LastMs = Math.Max(next.LastMs, turn.NowMs);
        Change(turn, new JournalEntry { Disclosed = new JournalEntry.Types.Disclosed { Row = next } });
    }
}
