using Footprint.Grid.Bench.Synthetic;
using Footprint.Grid.V1;
using Google.Protobuf.WellKnownTypes;

namespace Footprint.Grid.Bench.Accuracy;

/// <summary>
/// A trace as footprint events, played in the order of their times. Where the trace knows times, they are moved so that the last
/// one is now; sequences know an order alone, so each person's acts are given times a day or so apart, the last one within the
/// day before now.
/// </summary>
internal sealed class TraceEvents
{
    private const long DayMs = 86_400_000;
    private readonly Trace _trace;
    private readonly (long TimeMs, int Person, int Act)[] _acts;

    public TraceEvents(Trace trace, DateTimeOffset now, ulong seed)
    {
        _trace = trace;
        _acts = new (long, int, int)[trace.Played];
        var next = 0;
        var last = trace.TimesMs?.Max(times => times.DefaultIfEmpty().Max()) ?? 0;
        for (var person = 0; person < trace.People.Count; person++)
        {
            var random = SplitMix.For(seed, (ulong)person);
            var time = now.ToUnixTimeMilliseconds() - 1;
            for (var act = trace.History(person).Length - 1; act >= 0; act--)
            {
                time = trace.TimesMs is { } times
                    ? now.ToUnixTimeMilliseconds() - 1 - (last - times[person][act])
                    : time - 1 - random.Next((int)DayMs);
                _acts[next++] = (time, person, act);
            }
        }

        Array.Sort(_acts);
    }

    public int Count => _acts.Length;

    public FootprintEvent this[int number]
    {
        get
        {
            var (timeMs, person, act) = _acts[number];
            return new FootprintEvent
            {
                EventId = $"{person}-{act}",
                ClientId = Trace.ClientId(person),
                Type = _trace.EventType,
                Channel = FootprintEvent.Types.Channel.Web,
                Time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(timeMs)),
                ItemId = _trace.Items[_trace.People[person][act]].ItemId,
            };
        }
    }
}
