using System.Collections.Concurrent;
using Footprint.Grid.Grains.Messages;
using Footprint.Grid.Grains.Metrics;

namespace Footprint.Grid.Grains.Batches;

/// <summary>The clients whose activations are in this silo's memory, to be reached without a message for each.</summary>
internal sealed class ClientsInMemory(ILocalSiloDetails silo, GrainMetrics metrics)
{
    private readonly ConcurrentDictionary<string, ClientInMemory> _clients = new(StringComparer.Ordinal);

    /// <summary>The <see cref="SiloKey"/> of this silo.</summary>
    public long Silo { get; } = SiloKey.Of(silo.SiloAddress);

    public void Add(string name, ClientInMemory client) => _clients[name] = client;

    public void Remove(string name, ClientInMemory client) => _clients.TryRemove(new(name, client));

    /// <summary>An answer for each call, in their order, when all have been given.</summary>
    public ValueTask<Payload[]> DecideAsync(ClientCall[] calls)
    {
        metrics.Asked(calls.Length);
        var batch = new DecisionBatch(calls.Length);
        for (int i = 0; i < calls.Length; i++)
        {
            if (!_clients.TryGetValue(calls[i].Client, out ClientInMemory? client) || !client.TryQueue(calls[i].Request, batch, i))
            {
                batch.Answer(i, DecisionBatch.Elsewhere);
            }
        }

        return batch.Answers;
    }
}
