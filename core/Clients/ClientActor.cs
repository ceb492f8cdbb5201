using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// One client: its profile and every turn that can be taken on it. An engine lets in one turn at a time, stores what
/// the turn journals, and calls <see cref="Checkpoint"/> when it likes.
/// </summary>
public sealed class ClientActor
{
    public ClientActor(ClientKey key, ClientProfile profile)
    {
        Key = key;
        Profile = profile;
    }

    public ClientKey Key { get; }

    public ClientProfile Profile { get; }

    /// <summary>The client that this anonymous id became a part of; turns belong there then. Null when it did not.</summary>
    public string? AliasOf => throw new NotSupportedException();

    /// <summary>Sequence of the last journal entry applied; 0 before the first.</summary>
    public ulong JournalSequence => throw new NotSupportedException();

    /// <summary>Whether nothing is kept, so that an engine need not store it.</summary>
    public bool IsEmpty => throw new NotSupportedException();

    /// <summary>Rebuilds an actor from its checkpoint (empty when there is none) and the journal entries since; entries that the checkpoint holds are passed over.</summary>
    /// <exception cref="CorruptRecordException">The bytes are not a checkpoint, its checksum is wrong, its format is newer, or the journal has a gap.</exception>
    public static ClientActor Load(ClientKey key, ReadOnlySpan<byte> checkpoint, IEnumerable<JournalEntry> journal) => throw new NotSupportedException();

    /// <summary>The bytes of a <see cref="Storage.V1.Checkpoint"/>.</summary>
    public byte[] Checkpoint() => throw new NotSupportedException();

    /// <summary>Applies a valid event, ids and time filled in. Sets the result's status to APPLIED, DUPLICATE or REJECTED (with error).</summary>
    public void Record(in Turn turn, FootprintEvent e, RecordResult result) => throw new NotSupportedException();

    /// <summary>Applies a valid outcome likewise.</summary>
    public void ReportOutcome(in Turn turn, Outcome outcome, RecordResult result) => throw new NotSupportedException();

    public void PickContent(in Turn turn, PickContentRequest request, PickContentResponse response) => throw new NotSupportedException();

    public void TargetAds(in Turn turn, TargetAdsRequest request, TargetAdsResponse response) => throw new NotSupportedException();

    public Profile View(in Turn turn) => throw new NotSupportedException();

    public void SetConsents(in Turn turn, SetConsentsRequest request, SetConsentsResponse response) => throw new NotSupportedException();

    public void ConfirmInterest(in Turn turn, ConfirmInterestRequest request, ConfirmInterestResponse response) => throw new NotSupportedException();

    /// <summary>
    /// Makes the anonymous actor a part of this one, journalling on both. The engine holds both turns.
    /// False when they were linked before; <see cref="GridException"/> (<c>FAILED_PRECONDITION</c>) when the other is a
    /// known client itself or belongs to somebody else.
    /// </summary>
    public bool Link(in Turn turn, ClientActor anonymous) => throw new NotSupportedException();

    public ExportResponse Export(in Turn turn) => throw new NotSupportedException();

    public EraseResponse Erase(in Turn turn) => throw new NotSupportedException();
}
