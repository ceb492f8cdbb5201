using Footprint.Grid.Bench.Speed;
using Footprint.Grid.V1;

namespace Footprint.Grid.Bench.Tests.Speed;

public class SpeedWorldTests
{
    [Fact]
    public void Profile_ItsEvents_TouchExactlySixtyTopics()
    {
        var world = new SpeedWorld(10_000, 50);
        var maker = new WorldEvents(world);
        for (var profile = 0; profile < world.Profiles; profile++)
        {
            var events = new List<FootprintEvent>();
            maker.MakeProfile(profile, events);

            var topics = events.SelectMany(e => e.Topics.Select(t => t.Topic)).ToHashSet();
            foreach (var e in events.Where(e => e.ItemId.Length > 0))
            {
                topics.UnionWith(world.Item(int.Parse(e.ItemId[1..])).Topics.Select(t => t.Topic));
            }

            Assert.Equal(SpeedWorld.Interests, topics.Count);
            Assert.Equal(events.Count, events.Select(e => e.EventId).Distinct().Count());
        }
    }

    [Fact]
    public void SeenAgain_WithAnId_IsTheEventOnTheWire()
    {
        var world = new SpeedWorld(10_000, 3);
        var maker = new WorldEvents(world);
        var seenAgain = maker.SeenAgain();
        var bytes = new byte[1000];
        var writer = new WireWriter(bytes);

        writer.Varint(1, (uint)RecordRequest.Types.Ack.Durable);
        maker.Write(ref writer, seenAgain[2]);
        maker.Write(ref writer, seenAgain[1]);

        var request = RecordRequest.Parser.ParseFrom(bytes.AsSpan(0, writer.Length));
        Assert.Equal(RecordRequest.Types.Ack.Durable, request.Ack);
        Assert.Equal(["c2", "c1"], request.Events.Select(e => e.ClientId));
        Assert.NotEqual(request.Events[0].EventId, request.Events[1].EventId);
        Assert.Equal(12, request.Events[0].EventId.Length);
        Assert.All(request.Events, e => Assert.StartsWith("i", e.ItemId));
    }
}
