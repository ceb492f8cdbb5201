using Footprint.Grid.Core.Clients;
using Footprint.Grid.Embedded.Clients;
using Footprint.Grid.Embedded.Tenants;

namespace Footprint.Grid.Embedded.Turns;

/// <summary>
/// Asks for the memory of a batch's next turns before they are taken. With many clients in memory most of what a turn
/// reads is in no cache, and waiting for it takes longer than the turn itself.
/// </summary>
internal static class TurnPrefetch
{
    /// <summary>Turns asked for together: enough to keep the memory busy, few enough that a core's own caches hold it all.</summary>
    public const int Ahead = 16;

    [ThreadStatic]
    private static ClientSlot?[]? _ofThread;

    /// <summary>Asks for the turns of the acts from that index on, <see cref="Ahead"/> of them at the most.</summary>
    public static void Ask<TBatch>(TenantState tenant, TBatch batch, int from)
        where TBatch : struct, IBatch
    {
        ClientSlot?[] slots = _ofThread ??= new ClientSlot?[Ahead];
        int count = Math.Min(Ahead, batch.Count - from);
        for (int i = 0; i < count; i++)
        {
            slots[i] = tenant.Clients.GetValueOrDefault(batch.ClientId(from + i));
        }

        for (int step = 0; step < ClientActor.PrefetchSteps; step++)
        {
            for (int i = 0; i < count; i++)
            {
                slots[i]?.Actor?.PrefetchTurn(step);
            }
        }

        Array.Clear(slots);
    }
}
