using Footprint.Grid.Grains.Messages;

namespace Footprint.Grid.Grains.Batches;

/// <summary>Sends decisions that are for the same silo there in one message, as far as it is known where their clients are.</summary>
internal sealed class SiloBatches(IGrainFactory grains)
{
    /// <summary>Requests that are larger go by themselves.</summary>
    private const int MostRequestBytes = 8 << 10;

    private readonly ClientHomes _homes = new();
    private readonly SiloLanes _lanes = new(grains);

    /// <summary>False when the client itself is to be asked. The answer may still be <see cref="PayloadKind.Elsewhere"/>.</summary>
    public bool TryAsk(string client, in Payload request, out Task<Payload> answer)
    {
        if (request.Body.Length <= MostRequestBytes && _homes.Find(client) is int lane and >= 0 && _lanes.At(lane) is { } found)
        {
            return found.TryAsk(new ClientCall(client, request), out answer);
        }

        answer = null!;
        return false;
    }

    /// <summary>An answer named the silo that the client is on.</summary>
    public void Learn(string client, long silo)
    {
        if (silo != SiloKey.None && _lanes.Of(silo) is int lane and >= 0)
        {
            _homes.Set(client, lane);
        }
    }

    /// <summary>The client's silo did not answer.</summary>
    public void Forget(string client) => _homes.Clear(client);
}
