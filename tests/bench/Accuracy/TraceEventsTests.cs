using Footprint.Grid.Bench.Accuracy;
using Footprint.Grid.Bench.Synthetic;

namespace Footprint.Grid.Bench.Tests.Accuracy;

public class TraceEventsTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Events_OfATrace_AreInOrderOfTimeAndOfEachPersonsActs()
    {
        var trace = new SyntheticWorld(SyntheticSize.Small, 1).Trace;
        var events = new TraceEvents(trace, _now, 1);
        var next = new Dictionary<string, int>();
        var last = DateTime.MinValue;

        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            var act = next.GetValueOrDefault(e.ClientId);
            var person = int.Parse(e.ClientId.Split('-')[1]);
            Assert.Equal(trace.Items[trace.People[person][act]].ItemId, e.ItemId);
            Assert.True(e.Time.ToDateTime() >= last);
            next[e.ClientId] = act + 1;
            last = e.Time.ToDateTime();
        }

        Assert.Equal(trace.Played, events.Count);
        Assert.True(last < _now.UtcDateTime);
        Assert.All(Enumerable.Range(0, trace.People.Count), p => Assert.Equal(trace.People[p].Length - 1, next[Trace.ClientId(p)]));
    }
}
