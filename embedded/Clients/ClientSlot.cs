using Footprint.Grid.Core.Clients;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Stores;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>
/// One client's place in memory. The slot is its own lock: a turn, a capture for a checkpoint and an eviction each hold
/// it while they touch anything below. It journals for its actor without a lookup.
/// </summary>
internal sealed class ClientSlot(TenantState tenant, string clientId, CommitLog log) : IJournal, IJournalClient
{
    private volatile SlotState _state;

    public TenantState Tenant { get; } = tenant;

    public ClientKey Key { get; } = new(tenant.Name, clientId);

    public string? Etag { get; set; }

    public int Place { get; set; }

    public SlotState State { get => _state; set => _state = value; }

    /// <summary>Set while <see cref="State"/> is <see cref="SlotState.Ready"/>.</summary>
    public ClientActor? Actor { get; set; }

    /// <summary>Completes when the load has ended, well or not.</summary>
    public TaskCompletionSource? Loaded { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why loading failed or the client is in quarantine.</summary>
    public string? Problem { get; set; }

    /// <summary>Highest sequence known of a client in quarantine.</summary>
    public ulong LostSequence { get; set; }

    /// <summary>Journalled since the last capture for a checkpoint.</summary>
    public bool Dirty { get; set; }

    /// <summary>Captured, not yet saved.</summary>
    public bool Saving { get; set; }

    /// <summary>Used since the clock hand last passed.</summary>
    public bool Referenced { get; set; }

    /// <summary>Shown something since the last capture, which is not journalled and goes with the next checkpoint.</summary>
    public bool Shown { get; set; }

    /// <summary>Counts against the bound on profiles, not that on strangers.</summary>
    public bool Counted { get; set; }

    /// <summary>Segment of the first entry since the last capture.</summary>
    public long FirstLsn { get; set; }

    /// <summary>When that entry was journalled, in milliseconds of the commit log's clock.</summary>
    public long DirtySinceMs { get; set; }

    /// <summary>The commit log's position of this client's last entry; durable once the log says so.</summary>
    public long LastPosition { get; set; }

    /// <summary>Estimate of the memory that the profile takes.</summary>
    public int Bytes { get; set; }

    /// <exception cref="GridException"><c>DATA_LOSS</c>: nothing is changed until the client is erased.</exception>
    public void ThrowIfQuarantined()
    {
        if (State == SlotState.Quarantined)
        {
            throw new GridException(
                Code.DataLoss,
                "The client's stored profile is damaged and set aside for an operator. Nothing is recorded until it is erased.");
        }
    }

    public void Append(ClientKey client, JournalEntry entry)
    {
        if (!ReferenceEquals(client.ClientId, Key.ClientId) && client != Key)
        {
            throw new GridException(Code.Internal, "A turn journalled for another client than its own.");
        }

        log.Append(this, entry);
    }
}
