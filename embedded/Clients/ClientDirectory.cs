using System.Text;
using Footprint.Grid.Embedded.Journal;
using Footprint.Grid.Embedded.Tenants;
using Footprint.Grid.Engine;
using Google.Rpc;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>Finds clients: in memory at once, else from the store without holding anybody up.</summary>
internal sealed class ClientDirectory(CommitLog log, ColdLoader loader, TimeProvider time)
{
    /// <summary>A link points at a known client, which cannot be a part of another; more hops than this are a fault in the data.</summary>
    private const int MaxHops = 4;

    /// <summary>
    /// Holds the client's slot, which is <see cref="SlotState.Ready"/> or <see cref="SlotState.Quarantined"/> then; the
    /// caller lets go with <see cref="Monitor.Exit"/>. Follows aliases. Null when <paramref name="clientId"/>, which may be
    /// another than asked for then, must be brought in first with <see cref="GetAsync"/>.
    /// </summary>
    public static ClientSlot? TryEnter(TenantState tenant, ref string clientId)
    {
        for (int hops = 0; hops <= MaxHops; hops++)
        {
            if (!tenant.Clients.TryGetValue(clientId, out ClientSlot? slot))
            {
                return null;
            }

            Monitor.Enter(slot);
            if (slot.State == SlotState.Ready)
            {
                if (slot.Actor!.AliasOf is not { } other)
                {
                    slot.Referenced = true;
                    return slot;
                }

                Monitor.Exit(slot);
                clientId = other;
                continue;
            }

            if (slot.State == SlotState.Quarantined)
            {
                return slot;
            }

            Monitor.Exit(slot);
            return null;
        }

        throw new GridException(Code.Internal, "The client's links go in a circle.");
    }

    /// <summary>
    /// Likewise of an id in ASCII, of no more than 128 letters, for whoever is <see cref="SlotState.Ready"/> and goes by that
    /// very id; null for all others.
    /// </summary>
    public static ClientSlot? TryEnter(TenantState tenant, ReadOnlySpan<byte> clientId)
    {
        Span<char> id = stackalloc char[clientId.Length];
        Ascii.ToUtf16(clientId, id, out _);
        if (!tenant.ClientsBySpan.TryGetValue(id, out ClientSlot? slot))
        {
            return null;
        }

        Monitor.Enter(slot);
        if (slot.State == SlotState.Ready && slot.Actor!.AliasOf is null)
        {
            slot.Referenced = true;
            return slot;
        }

        Monitor.Exit(slot);
        return null;
    }

    /// <summary>Starts loading the client unless it is in memory or on its way.</summary>
    public ClientSlot Summon(TenantState tenant, string clientId)
    {
        while (true)
        {
            if (tenant.Clients.TryGetValue(clientId, out ClientSlot? slot) && slot.State != SlotState.Gone)
            {
                return slot;
            }

            slot = new ClientSlot(tenant, clientId, log);
            if (!tenant.Clients.TryAdd(clientId, slot))
            {
                continue;
            }

            if (!loader.TryLoad(slot))
            {
                slot.State = SlotState.Gone;
                tenant.Clients.TryRemove(new KeyValuePair<string, ClientSlot>(clientId, slot));
                slot.Loaded!.SetResult();
                throw new GridException(Code.ResourceExhausted, "Too many clients wait to be read from the store.");
            }

            return slot;
        }
    }

    /// <summary>The client, in memory. Throws <c>UNAVAILABLE</c> when the store does not give it by the deadline.</summary>
    public async ValueTask<ClientSlot> GetAsync(TenantState tenant, string clientId, CallContext call)
    {
        while (true)
        {
            ClientSlot slot = Summon(tenant, clientId);
            if (slot.Loaded is { } loaded)
            {
                await WaitAsync(loaded.Task, call);
            }

            switch (slot.State)
            {
                case SlotState.Ready or SlotState.Quarantined:
                    return slot;
                case SlotState.Gone when slot.Problem is not null:
                    throw new GridException(Code.Unavailable, slot.Problem);
                default:
                    break;
            }
        }
    }

    private async Task WaitAsync(Task loaded, CallContext call)
    {
        if (loaded.IsCompleted)
        {
            return;
        }

        TimeSpan left = call.Deadline - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            throw TooSlow();
        }

        try
        {
            await loaded.WaitAsync(TimeSpan.FromMilliseconds(Math.Min(left.TotalMilliseconds, int.MaxValue)), time, call.Cancelled);
        }
        catch (TimeoutException)
        {
            throw TooSlow();
        }
        catch (OperationCanceledException)
        {
            throw new GridException(Code.Cancelled, "The caller went away.");
        }
    }

    private static GridException TooSlow() => new(Code.Unavailable, "The client's profile did not come from the store in time.");
}
