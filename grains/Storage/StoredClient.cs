using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;

namespace Footprint.Grid.Grains.Storage;

/// <summary>What Redis holds of one client, all of it as of one moment.</summary>
/// <param name="Checkpoint">A tombstone where no other is; empty when there is neither.</param>
/// <param name="Etag">Empty when there is none; any other text is some writer's.</param>
/// <param name="Journal">The entries since, oldest first; some may be in the checkpoint already.</param>
/// <param name="Grave">What is left of an earlier erasure; looked for only where there is no checkpoint.</param>
/// <param name="Problem">Why it cannot be what any version wrote; null mostly.</param>
internal sealed record StoredClient(
    ReadOnlyMemory<byte> Checkpoint, string Etag, IReadOnlyList<ReadOnlyMemory<byte>> Journal, Grave Grave, string? Problem = null)
{
    /// <summary>Whether all that there is of the client is its tombstone.</summary>
    public bool IsBuried => Etag.Length == 0 && Journal.Count == 0;

    /// <summary>The client that this is.</summary>
    /// <exception cref="CorruptRecordException">It is none; damaged bytes can make the decoder throw other things, too.</exception>
    public ClientActor Rebuild(ClientKey key)
    {
        if (Problem is not null)
        {
            throw new CorruptRecordException(Problem);
        }

        if (Checkpoint.IsEmpty && Journal.Count == 0)
        {
            return new ClientActor(key, new ClientProfile());
        }

        var entries = new List<JournalEntry>(Journal.Count);
        foreach (ReadOnlyMemory<byte> bytes in Journal)
        {
            entries.Add(JournalEntry.Parser.ParseFrom(bytes.Span));
        }

        return ClientActor.Load(key, Checkpoint.Span, entries);
    }
}
