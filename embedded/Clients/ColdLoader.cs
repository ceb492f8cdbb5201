using System.Threading.Channels;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Core.Storage;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Metrics;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>Brings clients in from the store, many in one look-up, while everybody else goes on.</summary>
internal sealed partial class ColdLoader(
    IGridStore store,
    CommitLog log,
    ResidentBound bound,
    QuarantineKeeper quarantine,
    TombstoneKeys tombstones,
    EngineMetrics metrics,
    ILogger<ColdLoader> logger)
{
    private const int MaxWaiting = 65_536;
    private const int MaxAtOnce = 256;

    private readonly Channel<ClientSlot> _waiting = Channel.CreateBounded<ClientSlot>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>False when too many wait already.</summary>
    public bool TryLoad(ClientSlot slot) => _waiting.Writer.TryWrite(slot);

    public async Task RunAsync(CancellationToken stop)
    {
        var slots = new List<ClientSlot>(MaxAtOnce);
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stop))
            {
                while (slots.Count < MaxAtOnce && _waiting.Reader.TryRead(out ClientSlot? slot))
                {
                    slots.Add(slot);
                }

                await LoadAsync(slots, stop);
                bound.Sweep(slots.Count);
                slots.Clear();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private static List<JournalEntry> Parse(StoredClient stored)
    {
        var entries = new List<JournalEntry>(stored.Journal.Count);
        foreach (ReadOnlyMemory<byte> bytes in stored.Journal)
        {
            try
            {
                entries.Add(JournalEntry.Parser.ParseFrom(bytes.Span));
            }
            catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
            {
                throw new CorruptRecordException("A journal entry is not one.", e);
            }
        }

        return entries;
    }

    private static int Estimate(StoredClient stored)
    {
        int bytes = stored.Checkpoint.Length;
        foreach (ReadOnlyMemory<byte> entry in stored.Journal)
        {
            bytes += entry.Length;
        }

        return ProfileSize.Estimate(bytes);
    }

    private async Task LoadAsync(List<ClientSlot> slots, CancellationToken stop)
    {
        IReadOnlyList<StoredClient> stored;
        try
        {
            stored = await store.LoadAsync(slots.ConvertAll(s => s.Key), stop);
            stored = await WithTombstonesAsync(slots, stored, stop);
            metrics.Loaded(slots.Count);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            LogFailed(logger, e, slots.Count);
            metrics.StoreFailed("load");
            foreach (ClientSlot slot in slots)
            {
                Fail(slot, "The client's profile cannot be read from the store now.");
            }

            return;
        }

        for (int i = 0; i < slots.Count; i++)
        {
            await AdmitAsync(slots[i], stored[i], stop);
        }
    }

    // Of an erased client nothing is kept under its id, only under that of its tombstone.
    private async Task<IReadOnlyList<StoredClient>> WithTombstonesAsync(
        List<ClientSlot> slots, IReadOnlyList<StoredClient> stored, CancellationToken stop)
    {
        List<int> missing = [.. Enumerable.Range(0, slots.Count).Where(i => stored[i].Checkpoint.IsEmpty)];
        if (missing.Count == 0)
        {
            return stored;
        }

        IReadOnlyList<byte[]> found = await store.FindTombstonesAsync(missing.ConvertAll(i => tombstones.Of(slots[i].Key)), stop);
        var all = stored.ToArray();
        for (int i = 0; i < found.Count; i++)
        {
            if (found[i].Length > 0)
            {
                all[missing[i]] = stored[missing[i]] with { Checkpoint = found[i], IsBuried = true };
            }
        }

        return all;
    }

    private async Task AdmitAsync(ClientSlot slot, StoredClient stored, CancellationToken stop)
    {
        try
        {
            Publish(slot, stored, stored.IsNone ? new ClientActor(slot.Key, new ClientProfile()) : Rebuild(slot.Key, stored));
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whatever a profile's bytes make the decoder throw, they are not what was written.
            if (await quarantine.KeepAsync(slot.Key, stored, e.Message, stop))
            {
                Isolate(slot, stored, e.Message);
            }
            else
            {
                Fail(slot, "The client's profile is damaged and the store cannot set it aside now.");
            }
        }
    }

    /// <exception cref="CorruptRecordException">The bytes are not what was written.</exception>
    public static ClientActor Rebuild(ClientKey key, StoredClient stored) =>
        ClientActor.Load(key, stored.Checkpoint.Span, Parse(stored));

    private void Publish(ClientSlot slot, StoredClient stored, ClientActor actor)
    {
        lock (slot)
        {
            slot.Actor = actor;
            slot.Etag = stored.Etag;
            slot.Bytes = Estimate(stored);
            slot.State = SlotState.Ready;
            // A tombstone under the id itself is of an older version; saving it gives it the form of today.
            if (stored.Journal.Count > 0 || (actor.Profile.IsTombstone && !stored.IsBuried))
            {
                log.MarkDirty(slot);
            }

            bound.Arrived(slot);
        }

        Done(slot);
    }

    private void Isolate(ClientSlot slot, StoredClient stored, string reason)
    {
        lock (slot)
        {
            slot.Etag = stored.Etag;
            slot.LostSequence = stored.LastSequence;
            slot.Problem = reason;
            slot.State = SlotState.Quarantined;
            bound.Arrived(slot);
        }

        Done(slot);
    }

    private static void Fail(ClientSlot slot, string why)
    {
        lock (slot)
        {
            slot.Problem = why;
            slot.State = SlotState.Gone;
            slot.Tenant.Clients.TryRemove(new KeyValuePair<string, ClientSlot>(slot.Key.ClientId, slot));
        }

        Done(slot);
    }

    private static void Done(ClientSlot slot)
    {
        slot.Loaded!.SetResult();
        slot.Loaded = null;
    }
}
