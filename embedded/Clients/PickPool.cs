using System.Collections.Concurrent;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>Answers that went out and came back, to be filled again.</summary>
internal sealed class PickPool
{
    private const int MaxPooled = 1024;

    private readonly ConcurrentQueue<PickContentResponse> _pool = new();

    public PickContentResponse Rent() => _pool.TryDequeue(out PickContentResponse? response) ? response : new PickContentResponse();

    public void Return(PickContentResponse response)
    {
        if (_pool.Count < MaxPooled)
        {
            _pool.Enqueue(response);
        }
    }
}
