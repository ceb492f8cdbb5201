using Footprint.Grid.Core.Consent;
using Footprint.Grid.Core.Decisions;
using Footprint.Grid.Core.Events;
using Footprint.Grid.Core.Hashing;
using Footprint.Grid.Core.Learning.Outcomes;
using Footprint.Grid.Core.Probes;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Retention;
using Footprint.Grid.Core.Segments;
using Footprint.Grid.Core.Validation;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Core.Clients;

/// <summary>
/// One client: its profile and every turn that can be taken on it. An engine lets in one turn at a time, stores what
/// the turn journals, and calls <see cref="Checkpoint"/> when it likes. A change goes gate, dedup, journal, profile,
/// in that order, so what the journal refuses has not happened.
/// </summary>
public sealed partial class ClientActor
{
    private bool _hasUnsaved;

    public ClientActor(ClientKey key, ClientProfile profile)
    {
        Key = key;
        Profile = profile;
    }

    public ClientKey Key { get; }

    public ClientProfile Profile { get; }

    /// <summary>The client that this anonymous id became a part of; turns belong there then. Null when it did not.</summary>
    public string? AliasOf => Profile.AliasOf;

    /// <summary>Sequence of the last journal entry applied; 0 before the first.</summary>
    public ulong JournalSequence => Profile.JournalSequence;

    /// <summary>Whether nothing is kept, so that an engine need not store it.</summary>
    public bool IsEmpty => Profile.IsEmpty;

    // Nothing is known of whoever comes by an id that was erased or unlinked, either.
    private bool KeepsNothing => IsEmpty || Profile.IsTombstone;

    /// <summary>
    /// Rebuilds an actor from its checkpoint (empty when there is none) and the journal entries since; entries that the
    /// checkpoint holds are passed over.
    /// </summary>
    /// <exception cref="CorruptRecordException">
    /// The bytes are not a checkpoint, its checksum is wrong, its format is newer, or the journal has a gap.
    /// </exception>
    public static ClientActor Load(ClientKey key, ReadOnlySpan<byte> checkpoint, IEnumerable<JournalEntry> journal)
    {
        ClientProfile profile = checkpoint.IsEmpty ? new ClientProfile() : ProfileCodec.Decode(checkpoint);
        foreach (JournalEntry entry in journal)
        {
            if (entry.Sequence <= profile.JournalSequence)
            {
                continue;
            }

            if (entry.Sequence != profile.JournalSequence + 1)
            {
                throw new CorruptRecordException($"Journal entry {entry.Sequence} follows {profile.JournalSequence}.");
            }

            StoredChecks.Check(entry);
            profile.Apply(entry);
        }

        return new ClientActor(key, profile);
    }

    /// <summary>
    /// Whether since this was last asked a decision left something that is not journalled: what was shown, or that it was disclosed.
    /// It goes with the next checkpoint, and the engine sees to it that there is one.
    /// </summary>
    public bool TakeUnsaved()
    {
        bool has = _hasUnsaved;
        _hasUnsaved = false;
        return has;
    }

    /// <summary>The bytes of a <see cref="Storage.V1.Checkpoint"/>.</summary>
    public byte[] Checkpoint() => ProfileCodec.Encode(Profile);

    /// <summary>How many steps <see cref="PrefetchTurn"/> takes.</summary>
    public const int PrefetchSteps = 5;

    /// <summary>
    /// Asks for the memory that an event's turn reads, as a hint to the processor. To be called step by step, from 0 on,
    /// each step for many clients before the next: a turn waits for memory longer than it works, and all of them wait at
    /// once then. The caller need not hold the client.
    /// </summary>
    public void PrefetchTurn(int step) => Profile.PrefetchTurn(step);

    /// <summary>Applies a valid event, ids and time filled in. Sets the result's status to APPLIED, DUPLICATE or REJECTED (with error).</summary>
    public void Record(in Turn turn, FootprintEvent e, RecordResult result)
    {
        string? country = Country(e.Context);
        long at = EventIntake.TimeMs(e.Time);
        TakePrivacySignal(turn, e.ClientId, at, country);
        Move(turn, e, country, at);
        DataCategories keepable = Keepable(turn, country);
        if (e.Type == EventTypeTable.ProbeAnswer)
        {
            RecordAnswer(turn, e, keepable, country, result);
        }
        else if (Admit(e.ClientId, at, e.EventId, keepable, result) is { } hash)
        {
            JournalEntry entry = EventJournalling.Of(e, hash, turn);
            entry.Event.Country = IsNews(country, entry.Event.TimeMs) ? country : "";
            Record(turn, entry, keepable, result);
        }
    }

    /// <summary>Applies a valid outcome likewise.</summary>
    public void ReportOutcome(in Turn turn, Outcome outcome, RecordResult result)
    {
        result.Holdout = DecisionId.IsHoldout(outcome.DecisionId);
        long at = EventIntake.TimeMs(outcome.Time);
        TakePrivacySignal(turn, outcome.ClientId, at, country: null);
        DataCategories keepable = Keepable(turn, country: null);
        if (Admit(outcome.ClientId, at, outcome.OutcomeId, keepable, result) is { } hash)
        {
            JournalEntry entry = EventJournalling.Of(outcome, hash, turn);
            var categories = (DataCategories)entry.Event.Categories;
            Record(turn, entry, keepable, result);
            if (result.Status == RecordResult.Types.Status.Applied)
            {
                Credit(turn, outcome, categories);
            }
        }
    }

    /// <summary>Leaves nothing but the time of the erasure, so that events from before it stay out.</summary>
    public EraseResponse Erase(in Turn turn)
    {
        PickObservation[] taught = Taught();
        bool existed = Profile.HoldsAnything;
        Change(turn, new JournalEntry { Erased = new JournalEntry.Types.Erased { TimeMs = turn.NowMs } });
        turn.Learning.Observe(Key.Tenant, taught);
        return new EraseResponse { ErasedAt = ProfileView.Time(turn.NowMs), Existed = existed };
    }

    /// <summary>
    /// Lets go of what the rules say is too old, or notes from when idleness counts; false when there was nothing to do. A client of whom nothing else is left, no decision,
    /// no rejection and no linked id either, is erased as of its last event.
    /// </summary>
    public bool Expire(in Turn turn, RetentionRules rules)
    {
        if (Expiry.Due(Profile, rules, turn.NowMs) is not { } due)
        {
            return false;
        }

        Change(turn, due.Idle && Expiry.LeavesNothing(Profile, turn.NowMs)
            ? new JournalEntry { Erased = new JournalEntry.Types.Erased { TimeMs = LastKnown.Ms(Profile) } }
            : new JournalEntry { Expired = due });
        RefreshSegments(turn);
        return true;
    }

    /// <summary>
    /// The turn of a sweep: <see cref="Expire"/>, and which segments the client is in now, which the passing of time or another
    /// definition may have changed although nobody asked.
    /// </summary>
    public SweepResult Sweep(in Turn turn, RetentionRules rules) =>
        Expire(turn, rules) ? SweepResult.LetGo : RefreshSegments(turn) ? SweepResult.MovedSegments : SweepResult.Nothing;

    /// <summary>Whether <see cref="Sweep"/> has anything to do; changes and journals nothing.</summary>
    public bool IsDue(in Turn turn, RetentionRules rules) => Expiry.Due(Profile, rules, turn.NowMs) is not null || SegmentsChanged(turn) is not null;

    // Two clients who became one have the stricter consent.
    private void StopCountingUnlessAllowed(in Turn turn)
    {
        if (Profile.Probes is { IsCounted: true } && !Counts(turn, context: null))
        {
            Change(turn, new JournalEntry { ConsentsSet = new JournalEntry.Types.ConsentsSet { StopCounting = true } });
        }
    }

    // The gate: nothing from before an erasure or a link, nothing without consent, nothing twice. Gives the id's hash when it may pass.
    private ulong? Admit(string under, long timeMs, string id, DataCategories keepable, RecordResult result)
    {
        if (IsErased(timeMs))
        {
            result.Reject("FAILED_PRECONDITION", "The client was erased, or its id unlinked, after this happened; it was not kept.", "clientId", "later than the erasure");
            return null;
        }

        if (IsOfAnother(under, timeMs))
        {
            result.Reject("FAILED_PRECONDITION", "The id was linked to its client after this happened; it was not kept.", "clientId", "later than the link");
            return null;
        }

        if (keepable == DataCategories.None)
        {
            result.Reject("FAILED_PRECONDITION", "The client allows no purpose that keeps events; it was not kept.", "clientId", "consent to some purpose");
            return null;
        }

        ulong hash = XxHash64.Hash(id);
        if (Profile.RememberedEvents.Contains(hash))
        {
            result.Status = RecordResult.Types.Status.Duplicate;
            return null;
        }

        return hash;
    }

    private bool IsErased(long timeMs) => Profile.ErasedAtMs > 0 && timeMs <= Profile.ErasedAtMs;

    // Whether it is not this client's: it is from before an erasure, or from before the id was linked.
    private bool IsOfAnother(string under, long timeMs) =>
        IsErased(timeMs) || (Profile.LinkedIds is { } linked && under != Key.ClientId && timeMs <= linked.NotBeforeMs(under));

    private void Record(in Turn turn, JournalEntry entry, DataCategories keepable, RecordResult result)
    {
        StoredEvent stored = entry.Event;
        if (!EventStripping.Strip(stored, keepable))
        {
            result.Reject("FAILED_PRECONDITION", "The client allows no purpose to keep data of this category; it was not kept.", "type", "consent to the category");
            return;
        }

        Change(turn, entry);
        result.Status = RecordResult.Types.Status.Applied;
        RefreshSegments(turn);
        if (stored.ItemId.Length > 0 && stored.Weight > 0)
        {
            DataCategories allowed = Allowed(turn, Purposes.Analytics, "", context: null);
            if (allowed.Permits((DataCategories)stored.Categories))
            {
                Teach(turn, stored, allowed);
            }
        }
    }

    private void Change(in Turn turn, JournalEntry entry)
    {
        entry.Sequence = Profile.JournalSequence + 1;
        turn.Journal.Append(Key, entry);
        ReadOnlySpan<SegmentMemberships.Entry> segments = Profile.Segments.All;
        Dictionary<(string Topic, int Level), ProbeSums>? probes = ProbeTally.MayChange(entry) ? ProbeTally.Of(Profile.Probes) : null;
        Profile.Apply(entry);
        SegmentTally.Tell(turn.Learning, Key.Tenant, segments, Profile.Segments.All);
        if (probes is not null)
        {
            ProbeTally.Tell(turn.Learning, Key.Tenant, probes, ProbeTally.Of(Profile.Probes));
        }
    }

    private static GridException Refuse(string field, string message, string limit) =>
        new(Code.FailedPrecondition, $"{field} {message}.", [new Fault(field, message, limit)]);
}
