using System.Collections.Concurrent;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Metrics;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>
/// Keeps the clients in memory within their bounds. Profiles go by second chance: a hand passes over them in a circle,
/// and whoever was not used since it last passed leaves, if a checkpoint holds all of it. Strangers (ids that nothing is
/// kept about) have a small circle of their own, so that asking for random ids evicts no profile.
/// </summary>
internal sealed class ResidentBound(EmbeddedOptions options, CommitLog log, EngineMetrics metrics)
{
    /// <summary>Steps of the hand for one client that comes in: enough to catch up, few enough not to be felt.</summary>
    private const int StepsPerArrival = 8;

    private readonly ConcurrentQueue<ClientSlot> _profiles = new();
    private readonly ConcurrentQueue<ClientSlot> _strangers = new();
    private readonly Lock _hand = new();
    private readonly int _maxStrangers = Math.Clamp(options.MaxResidentProfiles / 8, 16, 16_384);
    private long _count;
    private long _bytes;

    public long Count => Volatile.Read(ref _count);

    public long Bytes => Volatile.Read(ref _bytes);

    public bool IsOver => Count > options.MaxResidentProfiles || Bytes > options.MaxResidentBytes;

    /// <summary>Whether profiles would leave but for changes that no checkpoint holds.</summary>
    public bool WaitsForCheckpoints { get; private set; }

    /// <summary>A client came into memory; the caller holds the slot.</summary>
    public void Arrived(ClientSlot slot)
    {
        if (slot.State == SlotState.Ready && slot.Actor!.IsEmpty)
        {
            _strangers.Enqueue(slot);
        }
        else
        {
            Admit(slot);
            _profiles.Enqueue(slot);
        }
    }

    /// <summary>The estimate of a counted profile's size changed; the caller holds the slot.</summary>
    public void Resized(ClientSlot slot, int bytes)
    {
        if (slot.Counted)
        {
            Interlocked.Add(ref _bytes, bytes - slot.Bytes);
        }

        slot.Bytes = bytes;
    }

    /// <summary>Moves the hand a little where a bound is passed. The caller holds no slot.</summary>
    public void Sweep(int arrivals)
    {
        if (!IsOver && _strangers.Count <= _maxStrangers)
        {
            WaitsForCheckpoints = false;
            return;
        }

        if (!_hand.TryEnter())
        {
            return;
        }

        try
        {
            SweepStrangers(arrivals * 2);
            SweepProfiles(arrivals * StepsPerArrival);
        }
        finally
        {
            _hand.Exit();
        }
    }

    private void SweepStrangers(int steps)
    {
        for (; steps > 0 && _strangers.Count > _maxStrangers && _strangers.TryDequeue(out ClientSlot? slot); steps--)
        {
            lock (slot)
            {
                if (slot.State == SlotState.Ready && (slot.Dirty || slot.Saving || !slot.Actor!.IsEmpty))
                {
                    Admit(slot);
                    _profiles.Enqueue(slot);
                }
                else
                {
                    Remove(slot);
                }
            }
        }
    }

    private void SweepProfiles(int steps)
    {
        int unsaved = 0;
        int left = 0;
        for (; steps > 0 && IsOver && _profiles.TryDequeue(out ClientSlot? slot); steps--)
        {
            lock (slot)
            {
                if (slot.State == SlotState.Gone)
                {
                    Uncount(slot);
                }
                else if (slot.Dirty || slot.Saving || slot.Referenced || slot.Shown)
                {
                    if (slot is { Shown: true, Referenced: false })
                    {
                        log.MarkDirty(slot);
                    }

                    unsaved += slot.Dirty || slot.Saving ? 1 : 0;
                    slot.Referenced = false;
                    _profiles.Enqueue(slot);
                }
                else
                {
                    Remove(slot);
                    Uncount(slot);
                    left++;
                    metrics.Evicted();
                }
            }
        }

        WaitsForCheckpoints = unsaved > left;
    }

    private static void Remove(ClientSlot slot)
    {
        slot.State = SlotState.Gone;
        slot.Tenant.Clients.TryRemove(new KeyValuePair<string, ClientSlot>(slot.Key.ClientId, slot));
    }

    private void Admit(ClientSlot slot)
    {
        slot.Counted = true;
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, slot.Bytes);
    }

    private void Uncount(ClientSlot slot)
    {
        if (slot.Counted)
        {
            slot.Counted = false;
            Interlocked.Decrement(ref _count);
            Interlocked.Add(ref _bytes, -slot.Bytes);
        }
    }
}
