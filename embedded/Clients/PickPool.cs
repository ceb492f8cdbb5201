using System.Collections.Concurrent;
using Footprint.Grid.V1;

namespace Footprint.Grid.Embedded.Clients;

/// <summary>
/// Answers that went out and came back, to be filled again. A thread keeps the last one that it gave back for itself:
/// its hundred small messages are still in that core's caches.
/// </summary>
internal sealed class PickPool
{
    private const int MaxPooled = 1024;

    [ThreadStatic]
    private static PickContentResponse? _ofThread;

    private readonly ConcurrentQueue<PickContentResponse> _pool = new();

    public PickContentResponse Rent()
    {
        if (_ofThread is { } own)
        {
            _ofThread = null;
            return own;
        }

        return _pool.TryDequeue(out PickContentResponse? response) ? response : new PickContentResponse();
    }

    public void Return(PickContentResponse response)
    {
        if (_ofThread is null)
        {
            _ofThread = response;
        }
        else if (_pool.Count < MaxPooled)
        {
            _pool.Enqueue(response);
        }
    }
}
