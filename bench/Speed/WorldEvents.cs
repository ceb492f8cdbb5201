using System.Globalization;
using Footprint.Grid.V1;
using Google.Protobuf;

namespace Footprint.Grid.Bench.Speed;

/// <summary>Events of the world's profiles as wire bytes: everything of an event but its id, made once for each.</summary>
internal sealed class WorldEvents(SpeedWorld world)
{
    private const int TopicsAtOnce = 20;
    private long _nextId;

    /// <summary>The events that make a profile: its items seen, its further topics met.</summary>
    public void MakeProfile(int profile, IList<FootprintEvent> events)
    {
        Span<int> items = stackalloc int[SpeedWorld.ItemsOfProfile];
        world.ItemsOf(profile, items);
        foreach (var item in items)
        {
            events.Add(Seen(profile, item));
        }

        foreach (var topics in world.FurtherTopicsOf(profile).Chunk(TopicsAtOnce))
        {
            var met = new FootprintEvent { EventId = NextId(), ClientId = SpeedWorld.ClientId(profile), Type = "view", Channel = FootprintEvent.Types.Channel.Web };
            foreach (var topic in topics)
            {
                met.Topics.Add(new TopicWeight { Topic = SpeedWorld.Topic(topic), Weight = 0.2 });
            }

            events.Add(met);
        }
    }

    /// <summary>The wire bytes, without an id, of each profile's seeing the first item that it saw once more.</summary>
    public byte[][] SeenAgain()
    {
        Span<int> items = stackalloc int[1];
        var events = new byte[world.Profiles][];
        for (var profile = 0; profile < events.Length; profile++)
        {
            world.ItemsOf(profile, items);
            var seen = Seen(profile, items[0]);
            seen.EventId = "";
            events[profile] = seen.ToByteArray();
        }

        return events;
    }

    /// <summary>Writes field 2 (events) of a request with one event under a new id.</summary>
    public void Write(ref WireWriter writer, byte[] withoutId)
    {
        Span<byte> id = stackalloc byte[20];
        (++_nextId).TryFormat(id, out var digits, "D12", CultureInfo.InvariantCulture);
        writer.Head(2, 2 + digits + withoutId.Length);
        writer.Bytes(1, id[..digits]);
        writer.Raw(withoutId);
    }

    private FootprintEvent Seen(int profile, int item) => new()
    {
        EventId = NextId(),
        ClientId = SpeedWorld.ClientId(profile),
        Type = "view",
        Channel = FootprintEvent.Types.Channel.Web,
        ItemId = SpeedWorld.ItemId(item),
    };

    private string NextId() => (++_nextId).ToString("D12", CultureInfo.InvariantCulture);
}
