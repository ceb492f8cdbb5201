using System.Diagnostics.CodeAnalysis;
using Footprint.Grid.Core.Clients;
using Footprint.Grid.Core.Profiles;
using Footprint.Grid.Embedded.Checkpoints;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Footprint.Grid.Storage.V1;
using Footprint.Grid.V1;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>The turns by which a client sees, corrects, permits, takes along and erases. Every change waits to be durable.</summary>
internal sealed class ProfileTurns(
    ClientDirectory directory, CommitLog log, DurableGate gate, Checkpointer checkpointer, SeedSource seeds, StoreKind store, TimeProvider time)
{
    /// <summary>A link that meets a redirect begins again; more often than this it is refused.</summary>
    private const int MaxRetries = 8;

    /// <summary>Takes one turn. <paramref name="take"/> holds the client and must not wait for anything.</summary>
    public async ValueTask<TResponse> TakeAsync<TRequest, TResponse>(
        TenantState tenant, string clientId, TRequest request, CallContext call, bool mustExist, bool durable,
        Func<ClientActor, Turn, TRequest, TResponse> take)
    {
        string id = clientId;
        while (true)
        {
            ClientSlot? slot = ClientDirectory.TryEnter(tenant, ref id);
            if (slot is null)
            {
                await directory.GetAsync(tenant, id, call);
                continue;
            }

            TResponse response;
            long position;
            try
            {
                slot.ThrowIfQuarantined();
                if (mustExist && slot.Actor!.IsEmpty)
                {
                    throw new GridException(Code.NotFound, $"Nothing is kept about the client '{clientId}'.");
                }

                response = take(slot.Actor!, Turn(tenant, slot), request);
                position = slot.LastPosition;
            }
            finally
            {
                Monitor.Exit(slot);
            }

            if (durable)
            {
                await gate.WaitAsync(position, call);
            }

            return response;
        }
    }

    /// <summary>Has an anonymous id lead to a client. One to which it led until now does not list it any more, as soon as that can be written.</summary>
    public async ValueTask<LinkResponse> LinkAsync(TenantState tenant, LinkRequest request, CallContext call)
    {
        string? before = null;
        LinkResponse response = await OnBothAsync(tenant, request.ClientId, request.AnonymousId, call, (known, turn, anonymous) =>
        {
            before = anonymous.AliasOf;
            return known.Link(turn, anonymous, request);
        });
        if (response.HandedOver)
        {
            try
            {
                await OnBothAsync(tenant, before!, request.AnonymousId, call, (known, turn, anonymous) => known.Release(turn, anonymous));
            }
            catch (GridException)
            {
                // The link holds all the same: the id leads to one client alone, whoever lists it.
            }
        }

        return response;
    }

    /// <summary>Has an anonymous id lead to a client no more.</summary>
    public ValueTask<UnlinkResponse> UnlinkAsync(TenantState tenant, UnlinkRequest request, CallContext call) => OnBothAsync(
        tenant, request.ClientId, request.AnonymousId, call, (known, turn, anonymous) => known.Unlink(turn, anonymous, request));

    /// <summary>Erases the client and the ids linked to it, which go first: should the rest fail, the client still names them.</summary>
    public async ValueTask<EraseResponse> EraseAsync(TenantState tenant, EraseRequest request, CallContext call)
    {
        string id = request.ClientId;
        long position = 0;
        var erased = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            ClientSlot? slot = ClientDirectory.TryEnter(tenant, ref id);
            if (slot is null)
            {
                await directory.GetAsync(tenant, id, call);
                continue;
            }

            string? alias = null;
            EraseResponse? response = null;
            try
            {
                StartAnew(slot);
                alias = slot.Actor!.Aliases.FirstOrDefault(a => !erased.Contains(a));
                if (alias is null)
                {
                    response = Erase(tenant, slot, ref position);
                }
            }
            finally
            {
                Monitor.Exit(slot);
            }

            if (response is not null)
            {
                checkpointer.Wipe();
                ErasureReceipt.Fill(response, store switch
                {
                    StoreKind.Sqlite => ErasedFrom.Sqlite,
                    StoreKind.Redis => ErasedFrom.Redis,
                    _ => ErasedFrom.Memory,
                });
                await gate.WaitAsync(position, call);
                return response;
            }

            erased.Add(alias!);
            position = Math.Max(position, await EraseAliasAsync(tenant, alias!, id, call));
        }
    }

    private Turn Turn(TenantState tenant, IJournal journal) =>
        tenant.Turn(time.GetUtcNow().ToUnixTimeMilliseconds(), long.MaxValue, seeds.Next(), journal);

    private EraseResponse Erase(TenantState tenant, ClientSlot slot, ref long position)
    {
        Turn turn = Turn(tenant, slot);
        EraseResponse response = slot.Actor!.Erase(turn);
        position = Math.Max(position, slot.LastPosition);
        return response;
    }

    // An id that was handed over to another client meanwhile is that one's, and one that was parted stands for nobody known.
    private async ValueTask<long> EraseAliasAsync(TenantState tenant, string alias, string known, CallContext call)
    {
        while (true)
        {
            ClientSlot slot = await directory.GetAsync(tenant, alias, call);
            long position = 0;
            lock (slot)
            {
                if (slot.State == SlotState.Gone)
                {
                    continue;
                }

                if (slot.State == SlotState.Quarantined || slot.Actor!.AliasOf == known)
                {
                    StartAnew(slot);
                    Erase(tenant, slot, ref position);
                }

                return position;
            }
        }
    }

    /// <summary>An erasure is the one way out of quarantine: an empty profile that goes on after the last sequence ever seen.</summary>
    private static void StartAnew(ClientSlot slot)
    {
        if (slot.State == SlotState.Quarantined)
        {
            slot.Actor = new ClientActor(slot.Key, ProfileCodec.Load(new StoredProfile { JournalSequence = slot.LostSequence }));
            slot.Problem = null;
            slot.State = SlotState.Ready;
        }
    }

    /// <summary>Holds both clients, always in the order of their ids, and journals both changes as one group.</summary>
    private async ValueTask<TResponse> OnBothAsync<TResponse>(
        TenantState tenant, string known, string anonymous, CallContext call, Func<ClientActor, Turn, ClientActor, TResponse> take)
    {
        for (int tries = 0; tries < MaxRetries; tries++)
        {
            ClientSlot one = await directory.GetAsync(tenant, known, call);
            ClientSlot other = await directory.GetAsync(tenant, anonymous, call);
            if (TryTake(tenant, one, other, take, out TResponse? response, out long position))
            {
                await gate.WaitAsync(position, call);
                return response;
            }
        }

        throw new GridException(Code.Aborted, "The clients kept leaving memory; try again.");
    }

    private bool TryTake<TResponse>(
        TenantState tenant,
        ClientSlot one,
        ClientSlot other,
        Func<ClientActor, Turn, ClientActor, TResponse> take,
        [NotNullWhen(true)] out TResponse? response,
        out long position)
    {
        bool inOrder = string.CompareOrdinal(one.Key.ClientId, other.Key.ClientId) < 0;
        response = default;
        position = 0;
        lock (inOrder ? one : other)
        {
            lock (inOrder ? other : one)
            {
                if (one.State == SlotState.Gone || other.State == SlotState.Gone)
                {
                    return false;
                }

                one.ThrowIfQuarantined();
                other.ThrowIfQuarantined();
                one.Referenced = other.Referenced = true;
                log.BeginGroup();
                try
                {
                    response = take(one.Actor!, Turn(tenant, new LinkJournal(log, one, other)), other.Actor!)!;
                }
                finally
                {
                    log.EndGroup();
                }

                position = Math.Max(one.LastPosition, other.LastPosition);
                return true;
            }
        }
    }
}
