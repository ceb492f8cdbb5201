using System.Diagnostics;
using System.Net;

namespace Footprint.Grid.Bench.Load;

/// <summary>
/// Unary calls, so many in flight at all times (a closed loop), over a few connections and from one thread. Any answer but
/// status 0 ends the run: a rate with failures in it says nothing.
/// </summary>
internal sealed class UnaryLoad : ICallSink, IDisposable
{
    private readonly Http2Connection[] _connections;
    private readonly int _inFlight;
    private readonly byte[] _message = new byte[1 << 20];
    private CallSource _source = null!;
    private long[] _calls = [];
    private LatencyHistogram _latency = new();

    // A message that flow control held back is kept for the next connection that has room.
    private bool _written;
    private int _writtenLength;
    private int _writtenPath;

    /// <param name="server">On loopback.</param>
    /// <param name="bearer">API key, if the server wants one.</param>
    /// <param name="connections">At least one.</param>
    /// <param name="inFlight">Calls at once on each connection; the server's own limit holds when it is lower.</param>
    public UnaryLoad(IPEndPoint server, string? bearer, int connections = 4, int inFlight = 24)
    {
        _connections = new Http2Connection[connections];
        for (var i = 0; i < connections; i++)
        {
            _connections[i] = new Http2Connection(server, bearer);
        }

        _inFlight = inFlight;
    }

    public LoadResult Run(CallSource source, TimeSpan duration) => Run(source, Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency));

    /// <summary>Until the source ends.</summary>
    public LoadResult Run(CallSource source) => Run(source, long.MaxValue);

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    void ICallSink.Received(Call call, ReadOnlySpan<byte> message) => _source.Answered(call.Tag >> 4, (int)(call.Tag & 15), message);

    void ICallSink.Ended(Call call, int grpcStatus, string detail)
    {
        var path = (int)(call.Tag & 15);
        if (grpcStatus != 0)
        {
            throw new IOException($"{_source.Paths[path]} failed: {detail}");
        }

        _calls[path]++;
        _latency.Add(Stopwatch.GetTimestamp() - call.Started);
    }

    private LoadResult Run(CallSource source, long endTicks)
    {
        _source = source;
        _calls = new long[source.Paths.Count];
        _latency = new LatencyHistogram();
        var bytesBefore = _connections.Sum(c => c.BytesReceived);
        var start = Stopwatch.GetTimestamp();
        long next = 0;
        for (var open = true; open;)
        {
            open = false;
            var more = next < source.Count && Stopwatch.GetTimestamp() < endTicks;
            foreach (var connection in _connections)
            {
                if (more)
                {
                    next = Fill(connection, next);
                }

                connection.Flush();
            }

            foreach (var connection in _connections)
            {
                if (connection.Open > 0)
                {
                    connection.Receive(this);
                    open |= connection.Open > 0;
                }
            }

            open |= next < source.Count && Stopwatch.GetTimestamp() < endTicks;
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        return new LoadResult(_calls, elapsed, _connections.Sum(c => c.BytesReceived) - bytesBefore, _latency);
    }

    private long Fill(Http2Connection connection, long next)
    {
        while (connection.Open < _inFlight && next < _source.Count)
        {
            if (!_written)
            {
                _writtenLength = _source.Write(next, _message, out _writtenPath);
                _written = true;
            }

            var call = connection.Start(_source.Paths[_writtenPath], _message.AsSpan(0, _writtenLength), last: true);
            if (call is null)
            {
                if (connection.Open == 0)
                {
                    // Only the server's next window update helps.
                    connection.Receive(this);
                    continue;
                }

                break;
            }

            call.Tag = (next++ << 4) | (uint)_writtenPath;
            _written = false;
        }

        return next;
    }
}
