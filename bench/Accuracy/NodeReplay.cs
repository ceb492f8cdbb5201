using System.Net;
using Footprint.Grid.Bench.Load;
using Footprint.Grid.Bench.Speed;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>Plays a trace to a running node over its gRPC and asks it for picks for every person.</summary>
internal sealed class NodeReplay(IPEndPoint node, string apiKey, Trace trace)
{
    private const int ItemsAtOnce = 1000, EventsAtOnce = 250;

    public void DefineItems()
    {
        using var load = new UnaryLoad(node, apiKey, connections: 1, inFlight: 1);
        load.Run(new MessageListSource("/footprint.grid.v1.Definitions/UpsertItems", (trace.Items.Count + ItemsAtOnce - 1) / ItemsAtOnce, number =>
        {
            var request = new UpsertItemsRequest();
            request.Items.Add(trace.Items.Skip((int)number * ItemsAtOnce).Take(ItemsAtOnce));
            return request;
        }));
    }

    /// <summary>Streams all acts in order and waits until each is durable; latency is that of a message of events.</summary>
    public LoadResult Stream(TraceEvents events)
    {
        using var load = new StreamLoad(node, apiKey, connections: 1, ahead: 8);
        var result = load.Run(new MessageListSource(
            RecordStreamSource.StreamPath,
            (events.Count + EventsAtOnce - 1) / EventsAtOnce,
            number =>
            {
                var request = new StreamRequest { Ack = RecordRequest.Types.Ack.Durable, Sequence = (ulong)number };
                for (var i = (int)number * EventsAtOnce; i < Math.Min(events.Count, ((int)number + 1) * EventsAtOnce); i++)
                {
                    request.Events.Add(events[i]);
                }

                return request;
            },
            (number, ack) => AckCheck.All(ack, Math.Min(EventsAtOnce, events.Count - ((int)number * EventsAtOnce)), RecordResult.Types.Status.Durable)));
        load.Finish();
        return result;
    }

    /// <summary>Asks for ten picks for every person once.</summary>
    /// <param name="connections">At least one.</param>
    /// <param name="inFlight">Requests at once on each.</param>
    /// <param name="people">How many of them, from the first.</param>
    /// <param name="picked">Told each person's picks.</param>
    public LoadResult Pick(int connections, int inFlight, int people, Action<int, PickContentResponse> picked)
    {
        using var load = new UnaryLoad(node, apiKey, connections, inFlight);
        return load.Run(new PickEach(people, picked));
    }

    private sealed class PickEach(int people, Action<int, PickContentResponse> picked) : CallSource
    {
        public override IReadOnlyList<string> Paths { get; } = [PickSource.PickPath];

        public override long Count => people;

        public override int Write(long number, Span<byte> message, out int path)
        {
            path = 0;
            var request = new PickContentRequest { ClientId = Trace.ClientId((int)number), Placement = "home", Count = HitCounter.ListLength };
            var length = request.CalculateSize();
            request.WriteTo(message[..length]);
            return length;
        }

        public override void Answered(long number, int path, ReadOnlySpan<byte> message) => picked((int)number, PickContentResponse.Parser.ParseFrom(message));
    }
}
