using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>Says of each copy since when it is not used, by when it is gone from where it lay, and what remains.</summary>
internal static class ErasureReceipt
{
    /// <summary>The wipe begins at once and is tried until it works; this leaves room for a store that is slow or away for a while.</summary>
    private static readonly TimeSpan _wiped = TimeSpan.FromHours(1);

    public static void Fill(EraseResponse response, StoreKind store)
    {
        Timestamp since = response.ErasedAt;
        Add("memory", since, "");
        switch (store)
        {
            case StoreKind.Sqlite:
                Add("files of the store: journal, checkpoint, write-ahead log", since + Duration.FromTimeSpan(_wiped), "");
                break;
            case StoreKind.Redis:
                Add("keys of Redis: journal and checkpoint", since + Duration.FromTimeSpan(_wiped), "");
                Add("files of Redis", null, "Old bytes stay in the append-only file until Redis rewrites it, and in a snapshot until the next.");
                break;
            default:
                break;
        }

        Add("tombstone", null, "A keyed hash of the identifier, and the time of the erasure, so that late events stay out.");
        Add("shared knowledge", null, "Counts of items and of what goes with them, added up over all clients; nothing in them tells whose they are, so nothing can be taken out.");
        Add("quarantined journal segments", null, "Only if a segment was found damaged: its bytes are kept unread for an operator to delete.");

        void Add(string copy, Timestamp? goneBy, string remains) =>
            response.Copies.Add(new EraseResponse.Types.Copy { Name = copy, UnusedSince = since, GoneBy = goneBy, Remains = remains });
    }
}
