using Footprint.Grid.Conformance.Wire;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Conformance.Faults;

/// <summary>
/// One caller with a durable stream: sends ahead of the acks, and after a break sends first, again and in order, what
/// was not acknowledged; events that were rejected one by one for a reason that passes it sends again with the next stream.
/// Now and then it repeats a message at once, as a nervous caller does.
/// </summary>
internal sealed class FaultWriter(string name, int seed, FaultClients clients, History history)
{
    private const int MostOutstanding = 24;
    private static readonly string[] _types = ["view", "click", "like"];

    private readonly Random _random = new(seed);
    private readonly LinkedList<FaultMessage> _unacknowledged = [];
    private readonly List<HistoryEvent> _rejected = [];
    private readonly Lock _lock = new();
    private ulong _sequence;
    private int _events;

    /// <summary>Whether events wait to be sent again that were rejected for a reason that passes.</summary>
    public bool HasRejected
    {
        get
        {
            lock (_lock)
            {
                return _rejected.Count > 0;
            }
        }
    }

    /// <summary>
    /// Streams until the node goes away (null) or, when <paramref name="messages"/> more were sent, until the stream's
    /// end (its status).
    /// </summary>
    public async Task<GrpcReply?> RunAsync(GrpcClient client, int messages, Action acked)
    {
        using var stream = client.Open(FaultRun.StreamPath);
        using var outstanding = new SemaphoreSlim(MostOutstanding);
        using var ended = new CancellationTokenSource();
        var sending = SendAsync(stream, outstanding, messages, ended.Token);
        try
        {
            return await ReceiveAsync(stream, outstanding, acked);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return null;
        }
        finally
        {
            await ended.CancelAsync();
            await sending;
        }
    }

    private async Task SendAsync(GrpcStream stream, SemaphoreSlim outstanding, int messages, CancellationToken ended)
    {
        try
        {
            foreach (var message in Unacknowledged())
            {
                await SendAsync(stream, outstanding, message, ended);
            }

            if (TakeRejected() is { Count: > 0 } rejected)
            {
                await SendAsync(stream, outstanding, Add(rejected), ended);
            }

            for (var n = 0; n < messages && Next() is { } message; n++)
            {
                await SendAsync(stream, outstanding, message, ended);
                if (_random.Next(16) == 0)
                {
                    await SendAsync(stream, outstanding, Add(message.Events), ended);
                }
            }

            stream.CompleteWrites();
        }
        catch (Exception broken) when (broken is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
        {
            // The receiving side says how the stream ended.
        }
    }

    private async Task SendAsync(GrpcStream stream, SemaphoreSlim outstanding, FaultMessage message, CancellationToken ended)
    {
        await outstanding.WaitAsync(ended);
        history.Add(new HistoryLine(HistoryLine.Sent) { Message = $"{name}-{message.Sequence}", Events = message.Events });
        await stream.WriteAsync(message.ToRequest());
    }

    private async Task<GrpcReply> ReceiveAsync(GrpcStream stream, SemaphoreSlim outstanding, Action acked)
    {
        while (await stream.ReadAsync(StreamResponse.Parser).Within($"{name} gets an ack or the end of its stream") is { } ack)
        {
            FaultMessage oldest;
            lock (_lock)
            {
                oldest = _unacknowledged.First?.Value ?? throw new InvalidOperationException($"{name}: ack {ack.Sequence} though nothing is outstanding");
                _unacknowledged.RemoveFirst();
            }

            Assert.Equal(oldest.Sequence, ack.Sequence);
            history.Add(HistoryLine.OfAnswer($"{name}-{ack.Sequence}", ack.Results));
            lock (_lock)
            {
                _rejected.AddRange(oldest.Events.Where((_, n) => n < ack.Results.Count && Refusals.MayPass(ack.Results[n])));
            }

            outstanding.Release();
            acked();
        }

        return await stream.StatusAsync();
    }

    private List<FaultMessage> Unacknowledged()
    {
        lock (_lock)
        {
            return [.. _unacknowledged];
        }
    }

    private List<HistoryEvent> TakeRejected()
    {
        lock (_lock)
        {
            List<HistoryEvent> taken = [.. _rejected.Distinct()];
            _rejected.Clear();
            return taken;
        }
    }

    /// <summary>A message of new events; null when every client has all it may get.</summary>
    private FaultMessage? Next()
    {
        var events = new List<HistoryEvent>();
        for (var left = 1 + _random.Next(6); left > 0 && clients.Draw(_random) is { } client; left--)
        {
            var id = $"{name}-e{_events++}";
            events.Add(new HistoryEvent(id, client, _types[_random.Next(_types.Length)], "item-" + id));
        }

        return events.Count == 0 ? null : Add(events);
    }

    private FaultMessage Add(IReadOnlyList<HistoryEvent> events)
    {
        var message = new FaultMessage(++_sequence, events, Timestamp.FromDateTime(DateTime.UtcNow));
        lock (_lock)
        {
            _unacknowledged.AddLast(message);
        }

        return message;
    }
}
