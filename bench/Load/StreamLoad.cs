using System.Diagnostics;
using System.Net;

namespace Footprint.Grid.Bench.Load;

/// <summary>
/// One bidirectional call on each of a few connections, so many messages sent ahead of their answers on each. Latency is
/// that of a message until its answer.
/// </summary>
internal sealed class StreamLoad : ICallSink, IDisposable
{
    private readonly Http2Connection[] _connections;
    private readonly Call?[] _streams;
    private readonly Queue<(long Number, long Ticks)>[] _waiting;
    private readonly int _ahead;
    private readonly byte[] _message = new byte[4 << 20];
    private CallSource _source = null!;
    private LatencyHistogram _latency = new();
    private long _answered;

    // A message that flow control held back is kept for the next stream that has room.
    private bool _written;
    private int _writtenLength;

    /// <param name="server">On loopback.</param>
    /// <param name="bearer">API key, if the server wants one.</param>
    /// <param name="connections">Each carries one stream.</param>
    /// <param name="ahead">Messages of a stream that may wait for their answers.</param>
    public StreamLoad(IPEndPoint server, string? bearer, int connections = 4, int ahead = 4)
    {
        _connections = new Http2Connection[connections];
        _streams = new Call?[connections];
        _waiting = new Queue<(long, long)>[connections];
        for (var i = 0; i < connections; i++)
        {
            _connections[i] = new Http2Connection(server, bearer);
            _waiting[i] = new Queue<(long, long)>();
        }

        _ahead = ahead;
    }

    public LoadResult Run(CallSource source, TimeSpan duration) => Run(source, Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency));

    /// <summary>Until the source ends.</summary>
    public LoadResult Run(CallSource source) => Run(source, long.MaxValue);

    /// <summary>Ends the streams and waits for their status.</summary>
    public void Finish()
    {
        for (var i = 0; i < _connections.Length; i++)
        {
            if (_streams[i] is { } stream)
            {
                _connections[i].Finish(stream);
                _connections[i].Flush();
                while (_connections[i].Open > 0)
                {
                    _connections[i].Receive(this);
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }
    }

    void ICallSink.Received(Call call, ReadOnlySpan<byte> message)
    {
        var (number, ticks) = _waiting[call.Tag].Dequeue();
        _source.Answered(number, 0, message);
        _latency.Add(Stopwatch.GetTimestamp() - ticks);
        _answered++;
    }

    void ICallSink.Ended(Call call, int grpcStatus, string detail)
    {
        if (grpcStatus != 0 || _waiting[call.Tag].Count > 0)
        {
            throw new IOException($"{_source.Paths[0]} ended with {_waiting[call.Tag].Count} messages unanswered: {detail}");
        }
    }

    private LoadResult Run(CallSource source, long endTicks)
    {
        _source = source;
        _latency = new LatencyHistogram();
        _answered = 0;
        var bytesBefore = _connections.Sum(c => c.BytesReceived);
        var start = Stopwatch.GetTimestamp();
        long next = 0;
        while (true)
        {
            var more = next < source.Count && Stopwatch.GetTimestamp() < endTicks;
            for (var i = 0; i < _connections.Length; i++)
            {
                for (var sent = true; sent && more && next < source.Count && _waiting[i].Count < _ahead;)
                {
                    sent = Send(i, next);
                    next += sent ? 1 : 0;
                }

                _connections[i].Flush();
            }

            var waits = false;
            for (var i = 0; i < _connections.Length; i++)
            {
                if (_waiting[i].Count > 0 || _written)
                {
                    _connections[i].Receive(this);
                    waits |= _waiting[i].Count > 0;
                }
            }

            if (!waits && (next >= source.Count || Stopwatch.GetTimestamp() >= endTicks))
            {
                break;
            }
        }

        return new LoadResult([_answered], Stopwatch.GetElapsedTime(start), _connections.Sum(c => c.BytesReceived) - bytesBefore, _latency);
    }

    private bool Send(int index, long number)
    {
        if (!_written)
        {
            _writtenLength = _source.Write(number, _message, out _);
            _written = true;
        }

        var message = _message.AsSpan(0, _writtenLength);
        if (_streams[index] is { } stream)
        {
            if (!_connections[index].Send(stream, message, last: false))
            {
                return false;
            }
        }
        else
        {
            stream = _connections[index].Start(_source.Paths[0], message, last: false);
            if (stream is null)
            {
                return false;
            }

            stream.Tag = index;
            _streams[index] = stream;
        }

        _waiting[index].Enqueue((number, Stopwatch.GetTimestamp()));
        _written = false;
        return true;
    }
}
