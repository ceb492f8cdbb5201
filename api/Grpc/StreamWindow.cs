namespace Footprint.Grid.Api.Grpc;

/// <summary>How much of a stream may be in work at once: so many messages, so many bytes, and always one message.</summary>
internal sealed class StreamWindow(int maxMessages, int maxBytes) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _room = new(0, 1);
    private int _messages;
    private long _bytes;
    private bool _waiting;
    private bool _closed;

    /// <summary>False when the window was closed meanwhile. One caller at a time.</summary>
    public async ValueTask<bool> EnterAsync(long bytes)
    {
        while (true)
        {
            lock (_lock)
            {
                if (_closed)
                {
                    return false;
                }

                if (_messages == 0 || (_messages < maxMessages && _bytes + bytes <= maxBytes))
                {
                    _messages++;
                    _bytes += bytes;
                    return true;
                }

                _waiting = true;
            }

            // Ends by Leave, which every message reaches by its own deadline, or by Close.
            await _room.WaitAsync();
        }
    }

    public void Leave(long bytes)
    {
        lock (_lock)
        {
            _messages--;
            _bytes -= bytes;
            Wake();
        }
    }

    /// <summary>Nothing enters any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            Wake();
        }
    }

    public void Dispose() => _room.Dispose();

    private void Wake()
    {
        if (_waiting)
        {
            _waiting = false;
            _room.Release();
        }
    }
}
