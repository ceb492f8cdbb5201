using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Core.Clients;

/// <summary>Says of each copy since when it is not used, by when it is gone from where it lay, and what remains.</summary>
public static class ErasureReceipt
{
    /// <summary>The wipe begins at once and is tried until it works; this leaves room for a store that is slow or away for a while.</summary>
    private static readonly TimeSpan _wiped = TimeSpan.FromHours(1);

    public static void Fill(EraseResponse response, ErasedFrom store)
    {
        Timestamp since = response.ErasedAt;
        Add("memory", since, "");
        switch (store)
        {
            case ErasedFrom.Sqlite:
                Add("files of the store: journal, checkpoint, write-ahead log", since + Duration.FromTimeSpan(_wiped), "");
                break;
            case ErasedFrom.Redis:
                AddRedis();
                break;
            case ErasedFrom.Cluster:
                AddRedis();
                Add("memory of a silo that was cut off", null, "Only if one was or stood still: back again it may decide by it for some seconds, until it finds out, and writes nothing.");
                Add("directory of who is in memory where", since + Duration.FromTimeSpan(_wiped), "");
                break;
            default:
                break;
        }

        Add("tombstone", null, "A keyed hash of the identifier, and the time of the erasure, so that late events stay out.");
        Add("shared knowledge", null, "What the last picks taught was taken back. Counts of items and of what goes with what, and what earlier picks taught, are added up over all clients; nothing in them tells whose they are. They fade: half is gone in 60 and in 14 days.");
        Add("decision log", null, "Only where one is kept: lines that name no client and hash the ids of decisions.");
        Add("counts in reports", null, "Nothing in the counts: what the client added was taken back. A report that was published before keeps its rounded numbers until the next one.");
        if (store == ErasedFrom.Sqlite)
        {
            Add("quarantined journal segments", null, "Only if a segment was found damaged: its bytes are kept unread for an operator to delete.");
        }

        void AddRedis()
        {
            Add("keys of Redis: journal and checkpoint", since + Duration.FromTimeSpan(_wiped), "");
            Add("files of Redis", null, "Old bytes stay in the append-only file until Redis rewrites it, and in a snapshot until the next.");
        }

        void Add(string copy, Timestamp? goneBy, string remains) =>
            response.Copies.Add(new EraseResponse.Types.Copy { Name = copy, UnusedSince = since, GoneBy = goneBy, Remains = remains });
    }
}
